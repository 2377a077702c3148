import { expect, test } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import {
  chosenStep,
  inspector,
  openList,
  rows,
  SESSIONS,
  sessionPath,
  transcript,
} from "../harness/pages.ts";
import { NOBODY } from "../harness/people.ts";
import { picture } from "../harness/picture.ts";
import { FAILURES, INTERACTIVE, STORY, SUB_AGENTS, TELEMETRY_ONLY } from "../harness/sessions.ts";

const NARROW = { width: 360, height: 740 };
const COMMON = { width: 1440, height: 900 };
const WIDE = { width: 2560, height: 1440 };

test("pictures before one is signed in", async ({ open, watched }) => {
  watched.allowed.add(401);
  const page = await open({ storageState: NOBODY });
  await page.goto("/sign-in");
  await expect(page.getByLabel("E-mail")).toBeVisible();
  await picture(page, "sign-in");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "sign-in-dark");
});

test("pictures of the list", async ({ page, open, watched }) => {
  await openList(page);
  await picture(page, "list");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "list-dark");
  await page.setViewportSize(NARROW);
  await picture(page, "list-narrow-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await picture(page, "list-narrow");
  await page.setViewportSize(WIDE);
  await picture(page, "list-wide");
  await page.setViewportSize(COMMON);
  await page.goto(`${SESSIONS}?filter=turns>1000`);
  await expect(page.getByText("No session fits")).toBeVisible();
  await picture(page, "list-nothing-fits");

  watched.allowed.add(503);
  await page.route("**/api/v1/workspaces/default/sessions?*", (route) => route.fulfill({ status: 503 }));
  await page.goto(SESSIONS);
  await expect(page.getByText("The sessions could not be loaded")).toBeVisible({ timeout: 20_000 });
  await picture(page, "list-error");

  const empty = await Library.empty();
  const first = await open({ baseURL: empty.server.url, storageState: empty.owner.state });
  await first.goto(SESSIONS);
  await expect(first.getByRole("heading", { name: "No session yet" })).toBeVisible();
  await picture(first, "list-empty");
  await first.setViewportSize(NARROW);
  await picture(first, "list-empty-narrow");
  await first.close();
  await empty.close();
});

test("pictures of the replay", async ({ page }) => {
  await page.goto(sessionPath(STORY));
  await expect(transcript(page).getByRole("article").nth(3)).toBeVisible();
  await picture(page, "replay");
  await page.keyboard.press("e");
  await expect(chosenStep(page)).toBeInViewport();
  await expect(inspector(page)).toContainText("Witnesses");
  await picture(page, "replay-step");
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, "replay-step-dark");
  await page.setViewportSize(WIDE);
  await picture(page, "replay-wide-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await picture(page, "replay-wide");

  await page.setViewportSize(NARROW);
  await page.goto(sessionPath(STORY));
  await expect(transcript(page).getByRole("article").nth(3)).toBeVisible();
  await picture(page, "replay-narrow");
  await page.getByRole("button", { name: "Turns" }).click();
  await picture(page, "replay-narrow-turns");
});

test("pictures of the ways to read", async ({ page }) => {
  const ways = { skim: "mode=skim", focus: "mode=focus", raw: "mode=raw", find: "mode=skim&find=invoice" };
  for (const [name, search] of Object.entries(ways)) {
    await page.setViewportSize(COMMON);
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(`${sessionPath(STORY)}?${search}`);
    await expect(transcript(page).getByRole("article").nth(3)).toBeVisible();
    await expect(transcript(page).locator(".skeleton")).toHaveCount(0);
    if (name === "find") {
      await page.getByRole("searchbox", { name: "Find in the session" }).press("Enter");
      await expect(page.getByRole("search")).toContainText("1 of");
    }
    await picture(page, `reading-${name}`);
    await page.emulateMedia({ colorScheme: "dark" });
    await picture(page, `reading-${name}-dark`);
    await page.setViewportSize(NARROW);
    await picture(page, `reading-${name}-narrow`);
  }
  await page.setViewportSize(COMMON);
  await page.goto(sessionPath(STORY));
  await expect(transcript(page).getByRole("article").nth(3)).toBeVisible();
  await page.keyboard.press("d");
  const change = transcript(page)
    .getByRole("table", { name: /Change/ })
    .first();
  for (let turns = 0; turns < 6 && !(await change.isVisible()); turns++) {
    await page.keyboard.press("PageDown");
    await transcript(page).evaluate((feed) => feed.scrollBy(0, 700));
    await expect(transcript(page).locator(".skeleton")).toHaveCount(0);
  }
  await change.scrollIntoViewIfNeeded();
  await picture(page, "reading-split-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await picture(page, "reading-split");
  await page.keyboard.press("d");
  await page.keyboard.press("p");
  await page.keyboard.press("Space");
  await picture(page, "reading-playback");
  await page.setViewportSize(NARROW);
  await picture(page, "reading-playback-narrow");
  await page.setViewportSize(COMMON);
  await page.goto("/account");
  await page.locator("#keyboard").scrollIntoViewIfNeeded();
  await picture(page, "keys");
  await page.getByRole("button", { name: "Change the key: Next step" }).first().click();
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog")).toContainText("Taken");
  await picture(page, "keys-taken");
  await page.setViewportSize(NARROW);
  await picture(page, "keys-taken-narrow");
  await page.keyboard.press("Escape");
  await picture(page, "keys-narrow");
});

test("pictures of sessions that are special", async ({ page }) => {
  await page.goto(sessionPath(FAILURES));
  await expect(transcript(page)).toContainText("ledger is locked");
  await picture(page, "replay-errors");
  await page.goto(sessionPath(INTERACTIVE));
  await page.getByRole("link", { name: /A slow question/ }).click();
  await expect(transcript(page)).toContainText("Interrupted before an answer was complete.");
  await picture(page, "replay-interrupted");
  await page.goto(sessionPath(TELEMETRY_ONLY));
  await expect(transcript(page)).toContainText("Prompt not captured");
  await picture(page, "replay-telemetry-only");
  await page.goto(`${sessionPath(SUB_AGENTS)}/agents/aea4a71b06a120b1f`);
  await expect(transcript(page)).toContainText("No problems in app.py.");
  await picture(page, "replay-sub-agent");
});

test("pictures of settings and account", async ({ page, library }) => {
  await library.ingestKey("demo");
  await page.goto("/w/default/settings/members");
  await expect(page.getByRole("row", { name: /owner@example\.com/ })).toBeVisible();
  await picture(page, "members");
  await page.goto("/w/default/settings/keys");
  await expect(page.getByRole("row", { name: /ingest/ }).first()).toBeVisible();
  await picture(page, "keys");
  await page.goto("/account");
  await expect(page.getByRole("table", { name: "Sign-ins" })).toBeVisible();
  await picture(page, "account");
  await openList(page);
  await rows(page).first().focus();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await picture(page, "keyboard");
});

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import {
  chosenStep,
  expectNoSidewaysScroll,
  filterInput,
  inspector,
  openList,
  rows,
  SESSIONS,
  sessionPath,
  transcript,
} from "../harness/pages.ts";
import { NOBODY, PASSWORD } from "../harness/people.ts";
import { FAILURES, INTERACTIVE, STORY, SUB_AGENTS, TELEMETRY_ONLY } from "../harness/sessions.ts";

const test = base.extend<object, { empty: Library }>({
  empty: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const empty = await Library.empty();
      await use(empty);
      await empty.close();
    },
    { scope: "worker" },
  ],
});

/** Every kind of page, and how one gets there. */
const PAGES: Record<string, (page: Page, library: Library) => Promise<void>> = {
  "the list": (page) => openList(page),
  "the list with a filter that is being written": async (page) => {
    await openList(page, "?filter=project:demo&sort=cost");
    await filterInput(page).focus();
    await page.keyboard.type(" out");
    await expect(page.getByRole("option", { name: /^outcome/ })).toBeVisible();
  },
  "the list without anything that fits": async (page) => {
    await page.goto(`${SESSIONS}?filter=turns>1000`);
    await expect(page.getByText("No session fits")).toBeVisible();
  },
  "a session": async (page) => {
    await page.goto(sessionPath(STORY));
    await expect(transcript(page).getByRole("article").nth(3)).toBeVisible();
    await expect(inspector(page)).toContainText("Totals");
  },
  "a failed step that is chosen": async (page) => {
    await page.goto(sessionPath(FAILURES));
    await expect(transcript(page)).toContainText("ledger is locked");
    await page.keyboard.press("e");
    await expect(chosenStep(page)).toBeVisible();
    await expect(inspector(page)).toContainText("Witnesses");
  },
  "turns that were interrupted or withdrawn": async (page) => {
    await page.goto(sessionPath(INTERACTIVE));
    await expect(transcript(page).getByRole("article").nth(3)).toBeVisible();
    await page.getByRole("link", { name: /A slow question/ }).click();
    await expect(
      transcript(page).getByText("Interrupted before an answer was complete.").first(),
    ).toBeVisible();
  },
  "a sub-agent": async (page) => {
    await page.goto(`${sessionPath(SUB_AGENTS)}/agents/aea4a71b06a120b1f`);
    await expect(transcript(page)).toContainText("No problems in app.py.");
  },
  "a session of which only telemetry tells": async (page) => {
    await page.goto(sessionPath(TELEMETRY_ONLY));
    await expect(transcript(page)).toContainText("Prompt not captured");
  },
  members: async (page) => {
    await page.goto("/w/default/settings/members");
    await expect(page.getByRole("row", { name: /owner@example\.com/ })).toBeVisible();
  },
  "the dialog that invites": async (page) => {
    await page.goto("/w/default/settings/members");
    await page.getByRole("button", { name: "Invite" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  },
  keys: async (page, library) => {
    await library.ingestKey("demo");
    await page.goto("/w/default/settings/keys");
    await expect(page.getByRole("row", { name: /ingest/ }).first()).toBeVisible();
  },
  "one's own account": async (page) => {
    await page.goto("/account");
    await expect(page.getByRole("table", { name: "Sign-ins" })).toBeVisible();
  },
  "the keyboard help": async (page) => {
    await page.goto(sessionPath(FAILURES));
    await expect(transcript(page)).toContainText("ledger is locked");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  },
  "the menu of the display": async (page) => {
    await openList(page);
    await page.getByRole("button", { name: "Display" }).click();
    await expect(page.getByRole("menuitemradio", { name: "Dark" })).toBeVisible();
  },
  "an address that leads nowhere": async (page) => {
    await page.goto("/nowhere");
    await expect(page.getByText("Nothing here")).toBeVisible();
  },
};

for (const [name, open] of Object.entries(PAGES)) {
  test(`${name}: for everyone, light and dark, from a telephone to a wide screen`, async ({
    page,
    library,
  }) => {
    await open(page, library);
    await expectGoodAppearance(page);
  });
}

test("the pages before one is signed in: for everyone, light and dark, narrow and wide", async ({
  empty,
  open,
  library,
  watched,
}) => {
  watched.allowed.add(401).add(404);
  const page = await open({ storageState: NOBODY });
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("owner@example.com");
  await page.getByLabel("Password").fill("not the password");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).not.toBeEmpty();
  await expectGoodAppearance(page);

  await page.goto("/link#argus_ln_nothing");
  await expect(page.getByRole("heading", { name: "This link no longer holds" })).toBeVisible();
  await expectGoodAppearance(page);

  const { link_token } = await library.owner.post<{ link_token: string }>("/workspaces/default/invitations", {
    email: "guest@example.com",
    role: "viewer",
    projects: null,
  });
  await page.goto(`/link#${link_token}`);
  await expect(page.getByRole("heading", { name: "You are invited" })).toBeVisible();
  await page.getByLabel("Password").fill(PASSWORD);
  await expectGoodAppearance(page);

  const first = await open({ baseURL: empty.server.url, storageState: empty.owner.state });
  await first.goto(SESSIONS);
  await expect(first.getByRole("heading", { name: "No session yet" })).toBeVisible();
  await expectGoodAppearance(first);
});

test("on a telephone turns are a drawer and the inspector a sheet", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(sessionPath(FAILURES));
  await expect(transcript(page)).toContainText("exit code 3");
  const outline = page.getByRole("navigation", { name: "Turns" });
  await expect(outline).not.toBeInViewport();
  await page.getByRole("button", { name: "Turns" }).click();
  await expect(outline).toBeInViewport();
  await outline.getByRole("link").first().click();
  await expect(outline).not.toBeInViewport();

  await expect(inspector(page)).toBeHidden();
  await transcript(page).getByText("missing.txt").first().click();
  await expect(inspector(page)).toBeInViewport();
  await expect(inspector(page)).toContainText("Witnesses");
  await page.keyboard.press("Escape");
  await expect(inspector(page)).toBeHidden();
});

test("who wants little motion gets none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const path of [SESSIONS, sessionPath(FAILURES)]) {
    await page.goto(path);
    await expect(rows(page).or(transcript(page).getByRole("article")).first()).toBeVisible();
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog")).toBeVisible();
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll("*")]
        .flatMap((element) => [element, "::before", "::after"].map((pseudo) => ({ element, pseudo })))
        .filter(({ element, pseudo }) => {
          const style = getComputedStyle(element, typeof pseudo === "string" ? pseudo : null);
          const seconds = (list: string) => Math.max(...list.split(",").map(Number.parseFloat));
          return (
            style.scrollBehavior === "smooth" ||
            seconds(style.transitionDuration) > 0.01 ||
            (style.animationName !== "none" &&
              seconds(style.animationDuration) > 0.01 &&
              style.animationIterationCount !== "1")
          );
        })
        .map(({ element }) => element.className),
    );
    expect(moving).toEqual([]);
  }
});

/** Without faults that axe finds and without scrolling sideways, in both themes and at three widths. */
async function expectGoodAppearance(page: Page): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 360]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoSidewaysScroll(page);
      expect(await accessibilityFaults(page), `${page.url()}, ${colorScheme}, ${width} px`).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 2560, height: 1440 });
  await expectNoSidewaysScroll(page);
}

async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
  );
}

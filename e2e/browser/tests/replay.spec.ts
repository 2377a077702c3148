import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import type { Library } from "../harness/library.ts";
import { CUT_TEXT_LINES, FOLDED_OUTPUT_LINES, LONG, longSession } from "../harness/made.ts";
import { chosenStep, inspector, rows, SESSIONS, sessionPath, transcript } from "../harness/pages.ts";
import {
  CLEARED,
  FAILURES,
  FORKED,
  INTERACTIVE,
  OVERLOADED,
  PICTURE,
  RESUMED,
  SUB_AGENTS,
  TELEMETRY_ONLY,
  TOOLS,
} from "../harness/sessions.ts";
import { Transcript } from "../harness/transcript.ts";

const test = base.extend<object, { withLong: Library }>({
  withLong: [
    async ({ library }, use) => {
      await library.take("demo", longSession());
      await use(library);
    },
    { scope: "worker" },
  ],
});

test("a task is told from its prompt to its answer", async ({ page }) => {
  await page.goto(sessionPath(TOOLS));
  const told = transcript(page);
  await expect(told).toContainText("Please prepare the release: check the invoice and write the notes.");
  await expect(told).toContainText("I will look around first.");
  await expect(told).toContainText("echo hello && ls src");
  await expect(told).toContainText("app.py");
  await expect(told).toContainText("Invoice INV-42: 1200 EUR, paid");
  await page.keyboard.press("f");
  await told.press("End");
  await expect(told).toContainText(
    "Release v1.2 is ready: the notes are in NOTES.md and invoice INV-42 is paid.",
  );
  // The change is shown as one: what went and what came.
  await expect(told).toContainText('return "Hello, " + name');
  await expect(told).toContainText('return "Hi," + name');
});

test("the header says what, who, how much, and on whose word", async ({ page }) => {
  await page.goto(sessionPath(TOOLS));
  await expect(page).toHaveTitle(/^Please prepare the release/);
  const header = page.getByRole("main").locator("header").first();
  await expect(header).toContainText("demo");
  await expect(header).toContainText("(claim)");
  await expect(header).toContainText("claude-code 2.1.330 headless");
  await expect(header).toContainText("$0.023");
  await expect(header).toContainText("22 Nov 2026 11:53");
  await page.goto(sessionPath(INTERACTIVE));
  await expect(header).toContainText("The cost of 1 request is unknown.");
});

test("an address names a turn, and a turn that is clicked an address", async ({ page, library }) => {
  const turns = await turnsOf(library, INTERACTIVE);
  const fifth = turns[4];
  await page.goto(`${sessionPath(INTERACTIVE)}/turns/${fifth?.id}`);
  const outline = page.getByRole("navigation", { name: "Turns" });
  await expect(transcript(page).getByText("A withdrawn question.")).toBeInViewport();
  await expect(outline.locator("[aria-current]")).toHaveText([/A withdrawn question\./]);

  await outline.getByRole("link", { name: /Hello from the terminal/ }).click();
  await expect(page).toHaveURL(new RegExp(`/turns/${turns[0]?.id}$`));
  await expect(transcript(page).getByText("Hello, terminal.")).toBeInViewport();
});

test("an address names a step: it is in view and chosen, also by an older id", async ({ page, library }) => {
  const { items } = await library.owner.get<{ items: StepItem[] }>(
    `/workspaces/default/sessions/${INTERACTIVE}/steps?limit=500`,
  );
  const last = items.findLast(({ step }) => step.kind === "text" && step.aliases.length > 0);
  for (const id of [last?.step.id, last?.step.aliases[0]]) {
    await page.goto(
      `${sessionPath(INTERACTIVE)}/turns/${last?.turn_id}/steps/${encodeURIComponent(id ?? "")}`,
    );
    await expect(chosenStep(page)).toBeInViewport();
    await expect(chosenStep(page)).toContainText(last?.step.text ?? "");
    await expect(inspector(page)).toContainText(last?.step.id ?? "");
  }
  await page.reload();
  await expect(chosenStep(page)).toBeInViewport();
});

test("what is chosen stands in the address, and going back chooses what was chosen before", async ({
  page,
}) => {
  await page.goto(sessionPath(TOOLS));
  await transcript(page).getByText("I will look around first.").click();
  await expect(page).toHaveURL(/\/steps\/req_01BBqntmeFYqH9DXPTo6jKE0%2F1$/);
  await transcript(page).getByText("echo hello && ls src").click();
  await expect(page).toHaveURL(/\/steps\/toolu_0112N2Ptsh2NykLrr0XZmvMc$/);
  await page.goBack();
  await expect(page).toHaveURL(/\/steps\/req_01BBqntmeFYqH9DXPTo6jKE0%2F1$/);
  await expect(chosenStep(page)).toContainText("I will look around first.");
});

test("what the address names and nobody has is said", async ({ page, watched, library }) => {
  watched.allowed.add(404);
  const turn = (await turnsOf(library, TOOLS))[0]?.id;
  await page.goto(`${sessionPath(TOOLS)}/turns/${turn}/steps/toolu_nowhere`);
  await expect(page.getByRole("alert").filter({ hasText: "There is no step toolu_nowhere" })).toBeVisible();
  await expect(transcript(page)).toContainText("I will look around first.");
  await page.goto(`${sessionPath(TOOLS)}/turns/nowhere`);
  await expect(page.getByRole("alert").filter({ hasText: "There is no turn nowhere" })).toBeVisible();
  await page.goto(sessionPath("nowhere"));
  await expect(page.getByText("No such session")).toBeVisible();
  await page.goto("/w/nowhere/sessions");
  await expect(page.getByText("Nothing here")).toBeVisible();
  await page.goto("/nowhere");
  await expect(page.getByText("Nothing here")).toBeVisible();
});

test("errors stand open, and e goes from one to the next", async ({ page }) => {
  await page.goto(sessionPath(FAILURES));
  const told = transcript(page);
  await expect(told).toContainText("exit code 3");
  await expect(told).toContainText("File does not exist.");
  await expect(told).toContainText("ledger is locked");
  await page.keyboard.press("e");
  await expect(chosenStep(page)).toContainText("exit code 3");
  await expect(inspector(page)).toContainText("Allowed by the client's settings");
  const errors = ["File does not exist.", "ledger is locked", "has been denied", "needs approval"];
  for (const error of errors) {
    await page.keyboard.press("e");
    await expect(chosenStep(page)).toContainText(error);
    await expect(chosenStep(page)).toBeInViewport();
  }
  await expect(inspector(page)).toContainText("Denied by");
  await page.goto(sessionPath(OVERLOADED));
  await expect(transcript(page)).toContainText(/overloaded/i);
  await expect(transcript(page)).toContainText("Failed: the request to the model ended in an error.");
});

test("the inspector has cost, tokens, decision and witnesses of a call", async ({ page }) => {
  await page.goto(sessionPath(TOOLS));
  await transcript(page).getByText("echo hello && ls src").click();
  for (const [name, value] of [
    ["Kind", "Tool call"],
    ["Took", /ms/],
    ["Decision", "Allowed by the client's settings"],
    ["Cost", "$0.0021"],
    ["Tokens in", "120"],
    ["Tokens out", "77"],
    ["Latency", "126ms"],
    ["First token after", "44ms"],
    ["Model", "claude-opus-5-5"],
    ["Step", "toolu_0112N2Ptsh2NykLrr0XZmvMc"],
  ] as const) {
    await expect(fact(page, name), name).toContainText(value);
  }
  const witnesses = inspector(page).getByRole("listitem");
  await expect(witnesses.filter({ hasText: "transcript" })).not.toContainText("has nothing of it");
  await transcript(page).getByText("claude-opus-5-5").first().click();
  await expect(witnesses.filter({ hasText: "hooks" })).toContainText("has nothing of it");
});

test("the steps of a sub-agent open where it was called, and on a page of their own", async ({ page }) => {
  await page.goto(sessionPath(SUB_AGENTS));
  const told = transcript(page);
  await expect(told).toContainText("REVIEW-TASK: review src/app.py");
  await told.getByRole("button", { name: "Open its steps here" }).first().click();
  await expect(told.getByText("No problems in app.py.").first()).toBeVisible();
  await told.getByRole("link", { name: "On its own page" }).first().click();
  await expect(page).toHaveURL(/\/agents\/aea4a71b06a120b1f$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Sub-agent");
  await expect(transcript(page)).toContainText("No problems in app.py.");
  await expect(transcript(page)).not.toContainText("1 file.");
  await page.goBack();
  await expect(transcript(page)).toContainText("Reviewed: no problems; 1 file.");
});

test("sessions of one conversation lead to each other", async ({ page }) => {
  await page.goto(sessionPath(RESUMED));
  await page.getByText("Forked into").getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(sessionPath(FORKED)));
  await expect(page.getByText("Forked from")).toBeVisible();
  await expect(transcript(page).getByText("copied").first()).toBeVisible();
  await page.goto(sessionPath(CLEARED));
  await page.getByText("After /clear of").getByRole("link").click();
  await expect(page).toHaveURL(new RegExp(sessionPath(INTERACTIVE)));
  await expect(page.getByText("Cleared into")).toBeVisible();
});

test("turns that did not end with an answer say how they ended", async ({ page }) => {
  await page.goto(sessionPath(INTERACTIVE));
  const outline = page.getByRole("navigation", { name: "Turns" });
  await expect(outline.getByRole("link", { name: /A slow question/ })).toContainText("interrupted");
  await expect(outline.getByRole("link", { name: /A withdrawn question/ })).toContainText("withdrawn");
  await outline.getByRole("link", { name: /A slow question/ }).click();
  await expect(transcript(page)).toContainText("Interrupted before an answer was complete.");
  await expect(page.getByText(/Context compacted on command/)).toBeAttached();
});

test("where only telemetry told of a session, that is said", async ({ page }) => {
  await page.goto(sessionPath(TELEMETRY_ONLY));
  await expect(page.getByText("Telemetry only").first()).toBeVisible();
  await expect(transcript(page)).toContainText("Prompt not captured");
  await expect(transcript(page)).toContainText("$0.0008");
});

test("what is long is folded, opened, and fetched to its end", async ({ page, withLong: _ }) => {
  await page.goto(sessionPath(LONG));
  const told = transcript(page);
  await expect(told).not.toContainText("The second line of the thought.");
  await told.getByRole("button", { name: /Thinking/ }).click();
  await expect(told).toContainText("The second line of the thought.");

  const folded = step(page, "seq 60");
  await expect(folded).toContainText(`folded line 1 of ${FOLDED_OUTPUT_LINES}`);
  await expect(folded).toContainText(`folded line ${FOLDED_OUTPUT_LINES} of`);
  await expect(folded).not.toContainText("folded line 30 of");
  await folded.getByRole("button", { name: /more lines/ }).click();
  await expect(folded).toContainText("folded line 30 of");
  await folded.getByRole("button", { name: "Fold" }).click();
  await expect(folded).not.toContainText("folded line 30 of");

  const endless = step(page, "seq 70000");
  await expect(endless).toContainText("endless line 70000 of");
  await endless.getByRole("button", { name: /MB more/ }).click();
  await expect(endless).toContainText("endless line 300 of");
  await expect(endless.getByRole("button", { name: /Show more/ })).toBeVisible();
  await step(page, "tr 0 1").getByRole("button", { name: "Show the whole line" }).click();
  await expect(step(page, "tr 0 1").getByRole("button", { name: /Show more/ })).toBeVisible();

  const cut = step(page, "cut line 1 of");
  await expect(cut).toContainText(`cut line ${CUT_TEXT_LINES} of`);
  await expect(cut).not.toContainText("cut line 1500 of");
  await cut.getByRole("button", { name: /more$/ }).click();
  await expect(cut).toContainText("cut line 1500 of");
  await expect(cut).toContainText(`cut line ${CUT_TEXT_LINES} of`);
});

test("what was captured is downloaded as a file that nothing runs", async ({ page, withLong: library }) => {
  await page.goto(sessionPath(LONG));
  await step(page, "cat page.html").getByText("cat page.html").click();
  const link = inspector(page).getByRole("link", { name: "Download" }).nth(1);
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.suggestedFilename()).toMatch(/^[\w.-]+\.txt$/);
  expect(await readFile(await download.path(), "utf8")).toContain("<script>window.__pwned=1</script>");

  const answer = await page.request.get((await link.getAttribute("href")) ?? "");
  expect(answer.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "x-content-type-options": "nosniff",
  });
  expect(answer.headers()["content-disposition"]).toMatch(/^attachment/);
  // Also opened by hand it is a file, not a page.
  const [again] = await Promise.all([
    page.waitForEvent("download"),
    page.goto(answer.url()).catch(() => undefined),
  ]);
  expect(again.url()).toBe(answer.url());
  expect(library.server.url).toBe(new URL(page.url()).origin);
});

test("a session that is erased is gone from every page", async ({ page, library, watched }) => {
  const session = "00000000-0000-4000-8000-0000000a3000";
  await library.take("demo", new Transcript(session).prompt("Soon to be gone.").text("So be it."));
  await page.goto(sessionPath(session));
  await expect(transcript(page)).toContainText("So be it.");
  // The page that is open learns of it at once, and asks again.
  watched.allowed.add(410);
  await library.argus.run("erase", session, "--yes");
  await page.reload();
  await expect(page.getByText("This session was erased")).toBeVisible();
  await page.goto(SESSIONS);
  await expect(rows(page).first()).toBeVisible();
  await expect(page.getByText("Soon to be gone.")).toBeHidden();
});

test("a session that cannot be fetched says so, and is fetched when asked again", async ({
  page,
  watched,
}) => {
  watched.allowed.add(503);
  await page.route(`**/sessions/${TOOLS}/turns?*`, (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: JSON.stringify({ status: 503, code: "unavailable", detail: "the disk is full", retryable: true }),
    }),
  );
  await page.goto(sessionPath(TOOLS));
  await expect(page.getByText("The session could not be fetched")).toBeVisible({ timeout: 20_000 });
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(transcript(page)).toContainText("I will look around first.");
});

test("y copies the address of the place", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(sessionPath(TOOLS));
  await transcript(page).getByText("I will look around first.").click();
  await page.keyboard.press("y");
  await expect(page.getByText("Link copied")).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

interface StepItem {
  turn_id: string;
  step: { id: string; kind: string; text: string | null; aliases: string[] };
}

async function turnsOf(library: Library, session: string): Promise<{ id: string }[]> {
  const { items } = await library.owner.get<{ items: { id: string }[] }>(
    `/workspaces/default/sessions/${session}/turns?limit=100`,
  );
  return items;
}

/** The row of the step in whose head these words stand. */
function step(page: Page, words: string): Locator {
  return transcript(page).getByRole("article").filter({ hasText: words });
}

/** What the inspector says under a name. */
function fact(page: Page, name: string): Locator {
  return inspector(page)
    .locator("dt", { hasText: new RegExp(`^${name}$`) })
    .locator("xpath=following-sibling::dd[1]")
    .first();
}

test("a picture that a tool gave is shown by a click only, out of the page itself", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "image") {
      asked.push(request.url().slice(0, 40));
    }
  });
  // All of it is in the page.
  await page.setViewportSize({ width: 1440, height: 6_000 });
  await page.goto(sessionPath(PICTURE));
  const show = transcript(page).getByRole("button", { name: "Show the picture" }).first();
  await expect(show).toBeVisible();
  const figure = transcript(page).getByRole("figure").first();
  await expect(figure).toContainText("PNG, 120 × 60");
  await expect(transcript(page).locator("img, picture, image, canvas, object, embed")).toHaveCount(0);
  await expect(transcript(page).locator("[style*=url]")).toHaveCount(0);
  expect(asked, "before the click").toEqual([]);

  await show.focus();
  await page.keyboard.press("Enter");
  const picture = figure.getByRole("img", { name: "As captured" });
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(120);
  expect(
    asked.filter((url) => !url.startsWith("data:image/png;base64,")),
    "of nobody",
  ).toEqual([]);
  await figure.getByRole("button", { name: "Hide the picture" }).click();
  await expect(picture).toHaveCount(0);
});

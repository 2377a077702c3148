/** What stands beside a transcript: tabs, the timeline, changed files, telemetry, raw records. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import type { Library } from "../harness/library.ts";
import { chosenStep, expectNoSidewaysScroll, inspector, sessionPath, transcript } from "../harness/pages.ts";
import { picture } from "../harness/picture.ts";
import { FORKED, INTERACTIVE, STORY, TOOLS } from "../harness/sessions.ts";
import { Transcript } from "../harness/transcript.ts";

const HOSTILE = "00000000-0000-4000-8000-0000009a0001";
const LONG = "00000000-0000-4000-8000-0000009a0002";
const MARKUP = '"><img src=x onerror="window.broken=1">';
const TURNED = "\u202egnp.exe";

/** Files, tools and skills whose names would like to be something else. */
function hostileFiles(): Transcript {
  const session = new Transcript(HOSTILE, { startsAt: new Date("2026-11-21T08:00:00Z") }).prompt(
    "Change them.",
  );
  for (const name of [
    `/home/dev/project/${MARKUP}/${TURNED}`,
    "../../__proto__",
    `/home/dev/project/${"x".repeat(300)}`,
  ]) {
    session.call({
      name: "Edit",
      input: { file_path: name, old_string: "one", new_string: `two ${MARKUP}` },
      output: "done",
      result: { filePath: name, originalFile: "one\n", structuredPatch: [] },
    });
  }
  return session.call({ name: MARKUP, input: {}, output: "done" }).text("Done.");
}

/** Ten thousand steps and more. */
function longSession(): Transcript {
  const session = new Transcript(LONG, { startsAt: new Date("2026-11-01T08:00:00Z") });
  for (let turn = 0; turn < 40; turn++) {
    session.prompt(`Turn ${turn + 1}`);
    for (let call = 0; call < 85; call++) {
      session.call({
        name: call % 3 === 0 ? "Read" : "Bash",
        input: {},
        output: "done",
        isError: call === 40,
      });
    }
    session.text(`The end of turn ${turn + 1}.`);
  }
  return session;
}

const test = base.extend<object, { made: Library }>({
  made: [
    async ({ library }, use) => {
      await library.take("demo", hostileFiles());
      await library.take("demo", longSession());
      await use(library);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const tab = (page: Page, name: string) => inspector(page).getByRole("tab", { name });
const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });
const lanes = (page: Page) => timeline(page).getByRole("slider", { name: "Place in the session" });

async function open(page: Page, session: string, search = ""): Promise<void> {
  await page.goto(`${sessionPath(session)}${search}`);
  await expect(transcript(page).getByRole("article").first()).toBeVisible();
}

test("the inspector has tabs, by keyboard and by address", async ({ page }) => {
  await open(page, STORY);
  await tab(page, "Details").focus();
  await page.keyboard.press("ArrowRight");
  await expect(tab(page, "Tools")).toBeFocused();
  await expect(page).toHaveURL(/\?tab=tools$/);
  await expect(inspector(page).getByRole("table", { name: "Tools" })).toBeVisible();
  await page.keyboard.press("End");
  await expect(tab(page, "Review")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Home");
  await expect(page).not.toHaveURL(/tab=/);
  await page.keyboard.press(".");
  await page.keyboard.press(".");
  await expect(page).toHaveURL(/\?tab=skills$/);
  await page.keyboard.press(",");
  await expect(page).toHaveURL(/\?tab=tools$/);
  await page.reload();
  await expect(tab(page, "Tools")).toHaveAttribute("aria-selected", "true");
  // A place in the session keeps the tab.
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/\/steps\/.*\?tab=tools$/);
  await open(page, STORY, "?tab=nothing");
  await expect(tab(page, "Details")).toHaveAttribute("aria-selected", "true");
});

test("a tool leads from one of its calls to the next", async ({ page }) => {
  await open(page, STORY, "?tab=tools");
  const bash = inspector(page).getByRole("row", { name: /^Bash/ });
  await bash.getByRole("button").click();
  await expect(chosenStep(page)).toBeInViewport();
  await expect(chosenStep(page)).toContainText("Bash");
  const first = await chosenStep(page).getAttribute("aria-posinset");
  await bash.getByRole("button").click();
  await expect(chosenStep(page)).not.toHaveAttribute("aria-posinset", first ?? "");
  await expect(chosenStep(page)).toContainText("Bash");
});

test("changed files are a tree, and a file leads to the turns that changed it", async ({ page }) => {
  await open(page, STORY, "?tab=files");
  const tree = inspector(page).getByRole("tree", { name: "Changed files" });
  await expect(tree).toBeVisible();
  await tree.getByRole("treeitem").first().focus();
  await page.keyboard.press("End");
  await expect(tree.getByRole("treeitem").last()).toBeFocused();
  const file = tree.locator(".files-row-file").first();
  await file.click();
  const dialog = page.getByRole("dialog", { name: "Changed file" });
  await expect(dialog.locator(".diff-added").first()).toBeVisible();
  await dialog.getByRole("listitem").first().getByRole("button").click();
  await expect(dialog).toBeHidden();
  await expect(chosenStep(page)).toBeInViewport();
  await expect(page).toHaveURL(/\/turns\/.*\/steps\/.*tab=files/);
});

test("telemetry leads to its step, and a step to its telemetry", async ({ page }) => {
  await open(page, TOOLS, "?tab=otel");
  const rows = inspector(page).getByRole("listbox", { name: "Telemetry" });
  await expect(rows.getByRole("option").first()).toContainText("L");
  // What is chosen in the transcript is marked, and in sight, among the telemetry.
  await transcript(page).getByText("echo hello && ls src").first().click();
  await expect(rows.locator("[aria-selected='true']").first()).toBeInViewport();
  const chosen = await chosenStep(page).getAttribute("aria-posinset");
  // And a row leads to its step: up from there to one of another step.
  await rows.focus();
  const other = rows.locator("[role='option'][aria-selected='false']", { hasText: /api_request/ }).first();
  await other.click();
  await expect(chosenStep(page)).not.toHaveAttribute("aria-posinset", chosen ?? "");
  await expect(chosenStep(page)).toBeInViewport();
});

test("everything has its raw records, each with a proof", async ({ page }) => {
  await open(page, TOOLS);
  await transcript(page).getByText("echo hello && ls src").first().click();
  await expect(chosenStep(page)).toBeVisible();
  await page.keyboard.press("v");
  const dialog = page.getByRole("dialog", { name: "Raw: records and proof" });
  const record = dialog.getByRole("article").first();
  await expect(record).toContainText("intact");
  await expect(record).toContainText(/Leaf [\d,]+ of a tree of [\d,]+/);
  await record.locator("summary").click();
  await expect(record).toContainText("Leaf hash");
  await expect(record.getByRole("region", { name: /^Content of record/ })).toContainText('"');
  const download = page.waitForEvent("download");
  await record.getByRole("link", { name: "Download" }).click();
  expect((await download).suggestedFilename()).toMatch(/^argus-record-\d+\.json$/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("the timeline leads to the transcript, and shows where it is", async ({ page, made }) => {
  expect(made).toBeDefined();
  await open(page, LONG);
  await expect(lanes(page)).toBeVisible();
  const box = await lanes(page).boundingBox();
  // Somewhere in the last third of the turns.
  await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) * 0.8, (box?.y ?? 0) + 22);
  await expect(page).toHaveURL(/\/turns\//);
  await expect(page.getByRole("navigation", { name: "Turns" }).locator("[aria-current]")).toContainText(
    /Turn 3\d/,
  );
  await expect(lanes(page)).toHaveAttribute("aria-valuetext", /Turns: Turn 3\d/);
  // The transcript moves the place.
  await page.keyboard.press("J");
  const before = await lanes(page).getAttribute("aria-valuenow");
  await page.keyboard.press("J");
  await expect(lanes(page)).not.toHaveAttribute("aria-valuenow", before ?? "");
});

test("the timeline is walked through by keyboard", async ({ page, made }) => {
  expect(made).toBeDefined();
  await open(page, LONG);
  await lanes(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await expect(lanes(page)).toHaveAttribute("aria-valuetext", /Turns: Turn 2,/);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(lanes(page)).toHaveAttribute("aria-valuetext", /Tools: /);
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect(timeline(page).getByRole("button", { name: "Whole" })).toBeEnabled();
  await page.keyboard.press("ArrowRight");
  await expect(chosenStep(page)).toBeInViewport();
  await page.keyboard.press("0");
  await expect(timeline(page).getByRole("button", { name: "Whole" })).toBeDisabled();
  // Marks are a list too.
  await timeline(page)
    .getByRole("button", { name: /marks$/ })
    .click();
  await timeline(page).getByRole("list", { name: "Marks" }).getByRole("button").first().click();
  await expect(chosenStep(page)).toBeInViewport();
  await page.keyboard.press("l");
  await expect(lanes(page)).toBeHidden();
  await page.reload();
  await expect(timeline(page)).toBeVisible();
  await expect(lanes(page)).toBeHidden();
});

test("names that would like to be something else are names", async ({ page, made }) => {
  expect(made).toBeDefined();
  await open(page, HOSTILE, "?tab=files");
  const tree = inspector(page).getByRole("tree", { name: "Changed files" });
  await expect(tree).toContainText("<img src=x");
  await expect(tree).not.toContainText("\u202e");
  await tree.locator(".files-row-file").first().click();
  await expect(page.getByRole("dialog")).toContainText("two");
  await page.keyboard.press("Escape");
  await tab(page, "Tools").click();
  await expect(inspector(page)).toContainText("<img src=x");
  await expectNoSidewaysScroll(page);
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
});

test("a branch that was left behind says where it left", async ({ page, library }) => {
  const { items } = await library.owner.get<{ items: { id: string; branch: string }[] }>(
    `/workspaces/default/sessions/${INTERACTIVE}/turns`,
  );
  const left = items.find(({ branch }) => branch === "abandoned");
  expect(left, "the recording has a rewind").toBeDefined();
  await page.goto(`${sessionPath(INTERACTIVE)}/turns/${left?.id}`);
  await expect(
    transcript(page)
      .getByText(/A branch that was left behind/)
      .first(),
  ).toBeVisible();
});

test("none of it is out of reach", async ({ page, made }) => {
  test.slow();
  expect(made).toBeDefined();
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const name of ["tools", "skills", "files", "otel", "witnesses"]) {
      await open(page, name === "otel" ? TOOLS : STORY, `?tab=${name}`);
      await expect(inspector(page).getByRole("heading").first()).toBeVisible();
      const found = await new AxeBuilder({ page }).analyze();
      expect(
        found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
        `${name}, ${scheme}`,
      ).toEqual([]);
    }
    await page.getByRole("tab", { name: "Details" }).click();
    await page.keyboard.press("j");
    await page.keyboard.press("v");
    await expect(page.getByRole("dialog").getByRole("article").first()).toBeVisible();
    const found = await new AxeBuilder({ page }).analyze();
    expect(
      found.violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      `raw, ${scheme}`,
    ).toEqual([]);
  }
});

test("pictures of the panels", async ({ page, made, watched }) => {
  expect(made).toBeDefined();
  for (const name of ["details", "tools", "skills", "files", "otel", "witnesses"]) {
    await open(page, name === "otel" ? TOOLS : STORY, `?tab=${name}`);
    await expect(inspector(page).getByRole("heading").first()).toBeVisible();
    await expect(lanes(page)).toBeVisible();
    await picture(page, `panels-${name}`);
  }
  await open(page, STORY, "?tab=files");
  await inspector(page).locator(".files-row-file").first().click();
  await expect(page.locator(".diff-line").first()).toBeVisible();
  await picture(page, "panels-file");
  await open(page, LONG);
  await expect(lanes(page)).toBeVisible();
  await picture(page, "panels-timeline-long");
  await open(page, FORKED);
  await picture(page, "panels-forked");
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page, STORY, "?tab=files");
  await expect(inspector(page).getByRole("tree")).toBeVisible();
  await page.keyboard.press("e");
  await expect(chosenStep(page)).toBeVisible();
  await picture(page, "panels-files-dark");
  await page.keyboard.press("v");
  await expect(page.getByRole("dialog").getByRole("article").first()).toBeVisible();
  await picture(page, "panels-raw-dark");
  await page.setViewportSize({ width: 390, height: 780 });
  // An address that names a tab opens the inspector, also where it has no place of its own.
  await open(page, STORY, "?tab=tools");
  await expect(inspector(page)).toBeVisible();
  await timeline(page).getByRole("button", { name: "Timeline" }).click();
  await picture(page, "panels-narrow-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await picture(page, "panels-narrow");
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  watched.allowed.add(503);
  await page.route("**/timeline?*", (route) => route.fulfill({ status: 503 }));
  await page.route("**/files", (route) => route.fulfill({ status: 503 }));
  await page.evaluate(() => localStorage.setItem("argus.timeline", "open"));
  await open(page, STORY, "?tab=files");
  await expect(page.getByText("The timeline could not be fetched")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("The changed files could not be fetched")).toBeVisible({ timeout: 20_000 });
  await picture(page, "panels-error");
});

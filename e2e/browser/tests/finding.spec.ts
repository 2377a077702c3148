import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixture.ts";
import { faultsOnPage } from "../harness/inspection.ts";
import {
  expectNoSidewaysScroll,
  filterInput,
  openList,
  row,
  rows,
  SESSIONS,
  sessionPath,
  sessionsShown,
} from "../harness/pages.ts";
import { picture } from "../harness/picture.ts";
import { FAILURES, INTERACTIVE, TOOLS } from "../harness/sessions.ts";
import { Transcript } from "../harness/transcript.ts";

const SEARCH = "/w/default/search";
const NARROW = { width: 390, height: 780 };
const COMMON = { width: 1440, height: 900 };

const palette = (page: Page) => page.getByRole("dialog", { name: "Find and do anything" });
const chosen = (page: Page) => palette(page).getByRole("option", { selected: true });

/** A picture for people to look at, in both themes, and what axe says of them. */
async function look(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `${name}-${colorScheme}`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations, `${name}, ${colorScheme}`).toEqual([]);
  }
  await expectNoSidewaysScroll(page);
}

/** Searches until what was just stored is searched too. */
async function searchUntilFound(page: Page, q: string, text: string): Promise<void> {
  await expect(async () => {
    await page.goto(`${SEARCH}?q=${encodeURIComponent(q)}`);
    await expect(page.getByRole("main")).toContainText(text, { timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
}

test.describe("views", () => {
  // Every session of the library is in the page.
  test.use({ viewport: { width: 1440, height: 3_000 } });

  test("a filter is saved, found again, changed, renamed and deleted, by keyboard", async ({ page }) => {
    await openList(page, "?filter=error:yes+project:demo");
    const menu = page.getByRole("button", { name: "Save and change views" });
    await menu.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: "Save as a view" })).toBeVisible();
    await page.keyboard.type("Failed in demo");
    await page.keyboard.press("Enter");
    const views = page.getByRole("navigation", { name: "Views" });
    const mine = views.getByRole("link", { name: /Failed in demo/ });
    await expect(mine).toHaveAttribute("aria-current", "page");
    await expect(page).toHaveURL(/view=view_[0-9a-f]+/);
    await expect(page).toHaveURL(/filter=error:yes\+project:demo/);

    await views.getByRole("link", { name: "All" }).click();
    await expect(page).toHaveURL(SESSIONS);
    await expect(row(page, TOOLS)).toBeVisible();
    await mine.click();
    await expect(row(page, TOOLS)).toBeHidden();
    expect((await sessionsShown(page)).sort()).toEqual([FAILURES, INTERACTIVE].sort());

    // The address alone shows the same.
    const id = new URL(page.url()).searchParams.get("view");
    await openList(page, `?view=${id}`);
    await expect(filterInput(page)).toHaveValue("error:yes project:demo");

    await filterInput(page).fill("error:yes");
    await filterInput(page).press("Enter");
    await expect(mine).toContainText("changed");
    await menu.click();
    await page.getByRole("menuitem", { name: "Save the change" }).click();
    await expect(mine).not.toContainText("changed");

    await menu.click();
    await page.getByRole("menuitem", { name: "Rename …" }).click();
    await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("<b>Failed</b>");
    await page.getByRole("button", { name: "Rename" }).click();
    const renamed = views.getByRole("link", { name: "<b>Failed</b>" });
    await expect(renamed, "typed text is no markup").toBeVisible();

    await menu.click();
    await page.getByRole("menuitem", { name: "Delete …" }).click();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(renamed).toBeHidden();
    await expect(filterInput(page), "what it showed stays").toHaveValue("error:yes");
  });

  test("presets come with the program", async ({ page }) => {
    await openList(page);
    const views = page.getByRole("navigation", { name: "Views" });
    await views.getByRole("link", { name: "Capture gaps" }).click();
    await expect(filterInput(page)).toHaveValue("coverage:partial");
    await expect(page).toHaveURL(/view=capture_gaps/);
    await views.getByRole("link", { name: "First turn not accepted" }).click();
    await expect(filterInput(page)).toHaveValue("first_turn:not_accepted");
    await views.getByRole("link", { name: "New skill version" }).click();
    await expect(filterInput(page)).toHaveValue("new_skill:14d");
  });
});

test("automated and single-turn sessions are folded by one switch, and counted", async ({ page }) => {
  await openList(page, "?filter=project:demo");
  await page.getByRole("switch", { name: /Fold automated/ }).click();
  await expect(page).toHaveURL(/fold=automated,single_turn/);
  await expect(page.getByText(/\d+ automated or single-turn sessions folded/)).toBeVisible();
  await expect(row(page, FAILURES)).toBeHidden();
  await look(page, "list-folded");
  await page.keyboard.press("z");
  await expect(page).toHaveURL(`${SESSIONS}?filter=project:demo`);
  await expect(row(page, FAILURES)).toBeVisible();

  await page.goto(`${SESSIONS}?filter=id:${FAILURES}&fold=automated,single_turn`);
  await expect(page.getByText("Everything that fits is folded")).toBeVisible();
  await page.getByRole("button", { name: "Show what is folded" }).click();
  await expect(row(page, FAILURES)).toBeVisible();
});

test("rows are selected and tagged, by keyboard", async ({ page }) => {
  await openList(page);
  const bar = page.getByRole("region", { name: "Selected sessions" });
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(bar).toContainText("1 session selected");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(bar).toContainText("3 sessions selected");
  await look(page, "list-selected");
  await page.keyboard.press("t");
  await expect(page.getByRole("dialog", { name: "Tag 3 sessions" })).toBeVisible();
  await page.keyboard.type("bulk-check");
  await page.keyboard.press("Enter");
  await expect(bar).toBeHidden();
  await page.getByRole("checkbox").first().check();
  await expect(bar).toContainText("1 session selected");
  await page
    .getByRole("checkbox")
    .nth(2)
    .click({ modifiers: ["Shift"] });
  await expect(bar).toContainText("3 sessions selected");
  // Who tagged from the bar is in the list again, as is who leaves it.
  await bar.getByRole("button", { name: "Tag …" }).press("Enter");
  await page.keyboard.type("from-the-bar");
  await page.keyboard.press("Enter");
  await expect(bar).toBeHidden();
  await expect(page.getByRole("listitem").getByRole("link").and(page.locator(":focus"))).toHaveCount(1);
  await page.keyboard.press("x");
  await expect(bar).toContainText("1 session selected");
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
});

test.describe("the palette", () => {
  test("goes to sessions, views and pages, and does what the page does", async ({ page }) => {
    await page.goto(sessionPath(TOOLS));
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.keyboard.press("Control+k");
    await expect(palette(page).getByRole("combobox")).toBeFocused();
    await expect(palette(page).getByRole("group", { name: "Recent sessions" })).toBeVisible();
    await look(page, "palette");

    await page.keyboard.type("capture gaps");
    await expect(chosen(page)).toContainText("Capture gaps");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/view=capture_gaps/);

    await page.keyboard.press("Control+k");
    await page.keyboard.type(FAILURES.slice(0, 8));
    await expect(palette(page).getByRole("group", { name: "By id" })).toBeVisible();
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(sessionPath(FAILURES)));

    await page.keyboard.press("Control+k");
    await page.keyboard.type("mcp ser");
    await expect(chosen(page)).toContainText("MCP servers");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/mcp-servers/);

    await openList(page);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("fold automated");
    await expect(chosen(page)).toContainText("Fold automated");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/fold=automated/);

    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
    await expect(palette(page)).toBeHidden();
  });

  test("finds texts", async ({ page }) => {
    await searchUntilFound(page, "ledger", "Tool");
    await openList(page);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("ledger is locked");
    const texts = palette(page).getByRole("group", { name: "In the texts" });
    await expect(texts.getByRole("option").first()).toContainText(/ledger/i);
    await page.setViewportSize(NARROW);
    await look(page, "palette-narrow");
    await texts.getByRole("option", { name: /Search all texts/ }).click();
    await expect(page).toHaveURL(/\/search\?q=ledger\+is\+locked/);
  });
});

test.describe("the search page", () => {
  test("shows what is found by session, and leads to the step", async ({ page }) => {
    await page.goto(SEARCH);
    await expect(page.getByRole("searchbox", { name: "Search all texts" })).toBeFocused();
    await look(page, "search-empty");
    await searchUntilFound(page, "ledger", "Tool");
    await expect(page.locator("mark").first()).toBeVisible();
    await page.getByText("What is not searched").click();
    await look(page, "search-found");
    await page.setViewportSize(NARROW);
    await look(page, "search-narrow");
    await page.setViewportSize(COMMON);

    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Search all texts" })).toBeFocused();
    await page.keyboard.type('"ledger is locked"');
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/q=%22ledger\+is\+locked%22/);
    // What was found before stays until what is looked for now is found.
    await expect(page.locator("mark", { hasText: "locked" }).first()).toBeVisible();
    await page.locator("a.search-hit").first().click();
    await expect(page).toHaveURL(/\/turns\/.+\/steps\/.+find=/);
  });

  test("a filter narrows it, and what cannot be read is said where it stands", async ({ page, watched }) => {
    watched.allowed.add(400);
    await searchUntilFound(page, "ledger", "Tool");
    await page.goto(`${SEARCH}?q=ledger&filter=project:nowhere`);
    await expect(page.getByText("Nothing is found")).toBeVisible();
    await page.goto(`${SEARCH}?q=-ledger`);
    await expect(page.getByRole("alert").filter({ hasText: "say what to look for" })).toBeVisible();
    await look(page, "search-wrong");
    await page.goto(`${SEARCH}?q=ledger&filter=turns:many`);
    await expect(filterInput(page)).toHaveAttribute("aria-invalid", "true");
  });

  test("hostile text is text", async ({ page, library }) => {
    const hostile = "<img src=x onerror=window.__pwned=1> needlework \u202e evil \u{e0041}";
    await library.take(
      "demo",
      new Transcript("5eed0000-0000-4000-8000-00000000f1d0").prompt(hostile).text("needlework done"),
    );
    await searchUntilFound(page, "needlework", "needlework");
    expect(await page.evaluate(faultsOnPage)).toEqual([]);
    await page.keyboard.press("Control+k");
    await page.keyboard.type("needlework");
    await expect(palette(page).locator("mark").first()).toBeVisible();
    expect(await page.evaluate(faultsOnPage)).toEqual([]);
  });
});

test("the list holds on a narrow window", async ({ page }) => {
  await page.setViewportSize(NARROW);
  await openList(page);
  await expect(rows(page).first()).toBeVisible();
  await look(page, "list-views-narrow");
});

import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixture.ts";
import { filterInput, openList, row, rows, SESSIONS, sessionPath, sessionsShown } from "../harness/pages.ts";
import {
  CLEARED,
  FAILURES,
  INTERACTIVE,
  OVERLOADED,
  RESUMED,
  SUB_AGENTS,
  TOOLS,
} from "../harness/sessions.ts";

// Every session of the library is in the page.
test.use({ viewport: { width: 1440, height: 3_000 } });

test("a session tells what it was at a glance", async ({ page }) => {
  await openList(page);
  const failures = row(page, FAILURES);
  await expect(failures).toContainText("Run the failing things.");
  await expect(failures).toContainText("demo");
  await expect(failures).toContainText("headless");
  await expect(failures).toContainText("$0.025");
  await expect(failures).toContainText(/8\s*errors/);
  await expect(failures).toContainText("opus-5-5");
  await expect(failures.locator("time")).toHaveAttribute("datetime", /^2026-11-22T11:53:07/);
  // Who the client says it was is a claim, and shown as one.
  await expect(failures).toContainText(/claims/);
  await expect(failures).toContainText("Witnesses: transcript, hooks");
  await expect(row(page, TOOLS)).toContainText("release-notes");
  await expect(row(page, INTERACTIVE)).toContainText("At least: the cost of 1 request is unknown");
  await expect(row(page, OVERLOADED), "what nobody told is not zero").toContainText("–");
});

test("the filter stands in the address, and going back brings it back", async ({ page }) => {
  await openList(page, "?filter=project:other");
  expect(await sessionsShown(page)).not.toContain(TOOLS);
  await expect(row(page, OVERLOADED)).toBeVisible();
  await expect(filterInput(page)).toHaveValue("project:other");

  await page.getByRole("button", { name: "Remove: project is other" }).click();
  await expect(page).toHaveURL(SESSIONS);
  await expect(row(page, TOOLS)).toBeVisible();

  await filterInput(page).fill("error:yes project:demo");
  await filterInput(page).press("Enter");
  await expect(page).toHaveURL(`${SESSIONS}?filter=error:yes+project:demo`);
  await expect(row(page, TOOLS)).toBeHidden();
  expect((await sessionsShown(page)).sort()).toEqual([FAILURES, INTERACTIVE].sort());

  await row(page, FAILURES).click();
  await expect(page).toHaveURL(new RegExp(`${sessionPath(FAILURES)}`));
  await page.goBack();
  await expect(page).toHaveURL(`${SESSIONS}?filter=error:yes+project:demo`);
  await expect(filterInput(page)).toHaveValue("error:yes project:demo");
  await expect(rows(page)).toHaveCount(2);
  await page.goBack();
  await expect(filterInput(page)).toHaveValue("");
  await page.goBack();
  await expect(filterInput(page)).toHaveValue("project:other");
  await expect(row(page, TOOLS)).toBeHidden();
});

test("a filter is made from the menu, by keyboard", async ({ page }) => {
  await openList(page);
  await page.getByRole("button", { name: "Add a filter" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Search what to filter by" })).toBeFocused();
  await page.keyboard.type("ski");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Search skill" })).toBeFocused();
  await page.keyboard.type("rele");
  await expect(page.getByRole("button", { name: /^release-notes/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/filter=skill:release-notes/);
  await expect(row(page, TOOLS)).toBeVisible();
  await expect(row(page, OVERLOADED)).toBeHidden();
});

test("the filter is completed while it is typed", async ({ page }) => {
  await openList(page);
  await page.keyboard.press("/");
  await expect(filterInput(page)).toBeFocused();
  await page.keyboard.type("outc");
  await expect(page.getByRole("option", { name: /^outcome/ })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(filterInput(page)).toHaveValue("outcome:");
  await page.keyboard.type("with");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: /^withdrawn/, selected: true })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/filter=outcome:withdrawn/);
  await expect(row(page, TOOLS)).toBeHidden();
});

test("what is wrong with a filter is said beside it", async ({ page, watched }) => {
  watched.allowed.add(400);
  await openList(page);
  await filterInput(page).fill("turns>many");
  await filterInput(page).press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "turns takes a number" })).toBeVisible();
  await expect(filterInput(page)).toHaveAttribute("aria-invalid", "true");
  await filterInput(page).fill("turns>100");
  await filterInput(page).press("Enter");
  await expect(page.getByText("No session fits")).toBeVisible();
  await expect(filterInput(page)).toHaveAttribute("aria-invalid", "false");
  await page.getByRole("button", { name: "Clear the filter" }).click();
  await expect(row(page, TOOLS)).toBeVisible();
});

test("times are chosen from a few", async ({ page }) => {
  await openList(page);
  await page.getByRole("button", { name: "30 d" }).click();
  await expect(page).toHaveURL(/filter=from:30d/);
  await expect(page.getByRole("button", { name: "30 d" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "All" }).click();
  await expect(page).toHaveURL(SESSIONS);
});

test("the order is chosen at the head and stands in the address", async ({ page }) => {
  await openList(page);
  const order = page.getByRole("navigation", { name: "Order" });
  const errors = /(\d+)\s*errors?\b/;
  const cost = /\$([\d.]+)/;
  for (const [name, number] of [
    ["Errors", errors],
    ["Cost", cost],
  ] as const) {
    await order.getByRole("link", { name }).click();
    await expect(page).toHaveURL(`${SESSIONS}?sort=${name.toLowerCase()}`);
    await expect(order.locator("[aria-current]")).toHaveText([name]);
    await expect.poll(async () => isFalling(await numbersShown(page, number))).toBe(true);
    await page.reload();
    await expect.poll(async () => isFalling(await numbersShown(page, number))).toBe(true);
  }
});

async function numbersShown(page: Page, number: RegExp): Promise<number[]> {
  const texts = await rows(page).allTextContents();
  return texts.map((text) => Number(number.exec(text)?.[1] ?? 0));
}

function isFalling(numbers: number[]): boolean {
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  return first > last && numbers.every((number, place) => place === 0 || number <= (numbers[place - 1] ?? 0));
}

test("j, k and Enter go through the list and into a session", async ({ page }) => {
  await openList(page, "?sort=cost");
  await page.keyboard.press("j");
  await expect(rows(page).nth(0)).toBeFocused();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(rows(page).nth(2)).toBeFocused();
  await page.keyboard.press("k");
  await expect(rows(page).nth(1)).toBeFocused();
  const chosen = (await sessionsShown(page))[1] ?? "";
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(sessionPath(chosen)));
  await page.keyboard.press("o");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(SESSIONS);
});

test("a row is a true link, which opens in a tab of its own", async ({ page, context }) => {
  await openList(page);
  const [tab] = await Promise.all([
    context.waitForEvent("page"),
    row(page, SUB_AGENTS).click({ modifiers: ["ControlOrMeta"] }),
  ]);
  await expect(tab.getByRole("heading", { name: "Have the code reviewed.", level: 1 })).toBeVisible();
  await expect(page).toHaveURL(SESSIONS);
});

test("? tells what can be pressed", async ({ page }) => {
  await openList(page);
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keyboard" });
  for (const does of [
    "Next session",
    "Previous session",
    "Open the session",
    "To the filter",
    "Open the sessions",
  ]) {
    await expect(help.getByText(does, { exact: true })).toBeVisible();
  }
  await page.keyboard.press("Escape");
  await expect(help).toBeHidden();
});

test("a list that cannot be loaded says so, and is loaded when asked again", async ({ page, watched }) => {
  watched.allowed.add(503);
  await page.route("**/api/v1/workspaces/default/sessions?*", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: JSON.stringify({ status: 503, code: "unavailable", detail: "the disk is full", retryable: true }),
    }),
  );
  await page.goto(SESSIONS);
  await expect(page.getByText("The sessions could not be loaded")).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText("the disk is full")).toBeVisible();
  await page.unrouteAll();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(row(page, CLEARED)).toBeVisible();
});

test("theme and density are kept", async ({ page }) => {
  await openList(page);
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const height = async () => (await row(page, RESUMED).boundingBox())?.height ?? 0;
  const [light, comfortable] = [await background(), await height()];
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await page.getByRole("button", { name: "Display" }).click();
  await page.getByRole("menuitemradio", { name: "Dense" }).click();
  expect(await background()).not.toBe(light);
  await expect.poll(height).toBeLessThan(comfortable);
  await page.reload();
  await expect(row(page, RESUMED)).toBeVisible();
  expect(await background()).not.toBe(light);
  expect(await height()).toBeLessThan(comfortable);
});

/** How tests find what a person finds on the pages. */
import { expect, type Locator, type Page } from "@playwright/test";

export const SESSIONS = "/w/default/sessions";

export function sessionPath(session: string): string {
  return `${SESSIONS}/${encodeURIComponent(session)}`;
}

/** The rows of the session list that are in the page. */
export function rows(page: Page): Locator {
  return page.getByRole("main").getByRole("listitem").getByRole("link");
}

export function row(page: Page, session: string): Locator {
  return page.getByRole("main").locator(`li a[href$="${sessionPath(session)}"]`);
}

/** The list as it is when its rows are there. */
export async function openList(page: Page, search = ""): Promise<void> {
  await page.goto(`${SESSIONS}${search}`);
  await expect(rows(page).first()).toBeVisible();
}

export function filterInput(page: Page): Locator {
  return page.getByRole("combobox", { name: "Filter" });
}

export async function sessionsShown(page: Page): Promise<string[]> {
  return await rows(page).evaluateAll((links) =>
    links.map((link) =>
      decodeURIComponent(new URL((link as HTMLAnchorElement).href).pathname.split("/")[4] ?? ""),
    ),
  );
}

/** A page must never be wider than its window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [width, room] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  expect(width, `width of ${page.url()}`).toBeLessThanOrEqual(room ?? 0);
}

export function transcript(page: Page): Locator {
  return page.getByRole("feed", { name: "Transcript" });
}

/** The row of the chosen step. */
export function chosenStep(page: Page): Locator {
  return transcript(page).locator("article[aria-current='true']");
}

export function inspector(page: Page): Locator {
  return page.getByRole("complementary");
}

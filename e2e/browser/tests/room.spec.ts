/** What opens has room, and the focus is where one expects it. */
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../harness/fixture.ts";
import { openList, sessionPath } from "../harness/pages.ts";
import { picture } from "../harness/picture.ts";
import { STORY } from "../harness/sessions.ts";

const focused = (page: Page) => page.locator(":focus");

/** All of it is in the window, and nothing stands over its middle or cuts it off. */
async function expectWhole(page: Page, element: Locator): Promise<void> {
  const box = await element.boundingBox();
  const window = page.viewportSize();
  if (!box || !window) {
    throw new Error("it is not there");
  }
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(window.width);
  expect(box.y + box.height).toBeLessThanOrEqual(window.height);
  const isOnTop = await element.evaluate((root) => {
    const { left, top, width, height } = root.getBoundingClientRect();
    return [0.1, 0.5, 0.9].every((share) =>
      root.contains(document.elementFromPoint(left + width / 2, top + height * share)),
    );
  });
  expect(isOnTop).toBe(true);
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("what opens in a narrow window is in it, all of it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(sessionPath(STORY));
  await button(page, "Share and export").click();
  await expectWhole(page, page.getByRole("menu", { name: "Share and export" }));
  await picture(page, "room-menu-narrow");
  await page.keyboard.press("Escape");
  await button(page, "Mentions").click();
  await expectWhole(page, page.getByRole("region", { name: "Mentions of you" }));
  await openList(page);
  await button(page, "Add a filter").click();
  await expectWhole(page, page.getByPlaceholder("Search what to filter by"));
  const name = page.locator(".facet-item", { hasText: "skill_version" }).locator(":first-child");
  expect(await name.evaluate((element) => element.scrollWidth <= element.clientWidth + 1)).toBe(true);
});

test("what opens in a low window is in it, and what is typed in it is seen", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 600 });
  await openList(page);
  await button(page, "Add a filter").click();
  await expectWhole(page, page.locator(".facet-panel"));
  await picture(page, "room-filters-low");
  for (let down = 0; down < 30; down++) {
    await page.keyboard.press("ArrowDown");
  }
  await expectWhole(page, page.getByPlaceholder("Search what to filter by"));
});

test("the item that is scored is seen in a low window", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 600 });
  await page.goto(sessionPath(STORY));
  await expect(page.getByRole("article").first()).toBeVisible();
  await page.keyboard.press("S");
  await page.keyboard.press("r");
  await expect(focused(page)).toHaveText(/items, per/);
  await page.keyboard.press("Enter");
  const item = page.locator(".score-item-at");
  await expect(item).toBeVisible();
  for (const _ of [1, 2, 3]) {
    await expectWhole(page, item.locator(".score-value").first());
    await page.keyboard.press("2");
  }
  await picture(page, "room-score-low");
});

test("the focus goes back to where it was when the palette or the choice of a rubric closes", async ({
  page,
}) => {
  await page.goto(sessionPath(STORY));
  await button(page, "Share and export").focus();
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(button(page, "Share and export")).toBeFocused();
  await page.keyboard.press("r");
  await expect(page.getByRole("region", { name: "Rubric" })).toBeVisible();
  await expect(focused(page)).toHaveText(/items, per/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Rubric" })).toBeHidden();
  await expect(button(page, "Share and export")).toBeFocused();
});

test("the focus stays with the column that the list is ordered by", async ({ page }) => {
  await openList(page);
  const cost = page.getByRole("navigation", { name: "Order" }).getByRole("link", { name: "Cost" });
  await cost.focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/sort=cost/);
  await expect(cost).toHaveClass(/sorted/);
  await expect(cost).toBeFocused();
});

test("the reader view is scrolled by keys at once, and so is the replay behind it", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 600 });
  await page.goto(sessionPath(STORY));
  await expect(page.getByRole("article").first()).toBeVisible();
  await page.keyboard.press("R");
  const feed = page.getByRole("feed", { name: "Prompts and answers" });
  await expect(feed).toBeFocused();
  await page.keyboard.press("PageDown");
  // In a narrow window the feed and the review beneath it scroll as one.
  const scrolled = () =>
    feed.evaluate((element) => element.scrollTop + (element.parentElement?.scrollTop ?? 0));
  await expect.poll(scrolled).toBeGreaterThan(0);
  await page.keyboard.press("R");
  await expect(feed).toBeHidden();
  await expect(page.getByRole("feed")).toBeFocused();
});

test("what a form loses takes no focus with it, and a moved section not the page", async ({ page }) => {
  await page.setViewportSize({ width: 1024, height: 600 });
  await page.goto("/w/default/review/rubrics/client-delivery");
  const down = button(page, "Move section 1 down");
  await down.scrollIntoViewIfNeeded();
  await down.focus();
  await page.keyboard.press("Enter");
  await expect(focused(page)).toBeInViewport();
  const items = page.locator(".rubric-item");
  const count = await items.count();
  await items
    .last()
    .getByRole("button", { name: /^Remove/ })
    .press("Enter");
  await expect(items).toHaveCount(count - 1);
  await expect(page.locator(".rubric-fields :focus")).toBeVisible();
});

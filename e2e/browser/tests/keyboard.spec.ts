import type { Page } from "@playwright/test";
import { expect, test } from "../harness/fixture.ts";
import { chosenStep, inspector, rows, transcript } from "../harness/pages.ts";
import { NOBODY, PASSWORD } from "../harness/people.ts";
import { STORY } from "../harness/sessions.ts";

test.use({ storageState: NOBODY });

test("from the sign-in to the cost of a failed call and out again, without a mouse", async ({
  page,
  watched,
}) => {
  watched.allowed.add(401);
  await page.goto("/");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type("owner@example.com");
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(rows(page).first()).toBeVisible();

  await page.keyboard.press("/");
  await page.keyboard.type("error:yes id:25122f70");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expectVisibleFocus(page);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(STORY));

  await expect(transcript(page).getByRole("article").first()).toBeVisible();
  await page.keyboard.press("e");
  await expect(chosenStep(page)).toBeInViewport();
  const failed = await chosenStep(page).getAttribute("aria-posinset");
  await page.keyboard.press("3");
  await expect(inspector(page)).toBeFocused();
  await expect(inspector(page)).toContainText("Cost");
  await page.keyboard.press("i");
  await expect(inspector(page)).toBeHidden();
  await page.keyboard.press("i");
  await expect(inspector(page)).toBeVisible();

  await page.keyboard.press("2");
  await expect(transcript(page)).toBeFocused();
  await page.keyboard.press("k");
  await expect(chosenStep(page)).not.toHaveAttribute("aria-posinset", failed ?? "");
  await page.keyboard.press("j");
  await expect(chosenStep(page)).toHaveAttribute("aria-posinset", failed ?? "");
  await page.keyboard.press("1");
  await expect(page.getByRole("navigation", { name: "Turns" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expectVisibleFocus(page);
  await page.keyboard.press("Escape");
  await expect(chosenStep(page)).toBeHidden();
  await page.keyboard.press("]");
  await page.keyboard.press("j");
  await expect(chosenStep(page)).toBeInViewport();

  await page.keyboard.press("o");
  await page.keyboard.press("s");
  await expect(rows(page).first()).toBeVisible();
  await page.getByRole("button", { name: "account of Owner" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Sign out" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("the first stop of Tab leads past the bar to the content", async ({ page, watched }) => {
  watched.allowed.add(401);
  await page.goto("/sign-in");
  await page.getByLabel("E-mail").fill("owner@example.com");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(rows(page).first()).toBeVisible();
  await page.reload();
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();
});

/** What has the focus is in sight and looks like it. */
async function expectVisibleFocus(page: Page): Promise<void> {
  const focused = page.locator(":focus");
  await expect(focused).toBeInViewport();
  const outline = await focused.evaluate((element) => {
    const style = getComputedStyle(element);
    return style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 1;
  });
  expect(outline, "focus can be seen").toBe(true);
}

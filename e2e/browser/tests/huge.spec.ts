import { test as base, expect } from "../harness/fixture.ts";
import type { Library } from "../harness/library.ts";
import { HUGE, hugeSession } from "../harness/made.ts";
import { chosenStep, inspector, sessionPath, transcript } from "../harness/pages.ts";

const STEPS = `/workspaces/default/sessions/${HUGE}/steps`;
const ELEMENTS_MAX = 6_000;

const test = base.extend<object, { withHuge: Library }>({
  withHuge: [
    async ({ library }, use) => {
      await library.take("demo", hugeSession());
      await use(library);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test("ten thousand steps are read from the first to the last, and only some of them are in the page", async ({
  page,
  withHuge: library,
}) => {
  const { total } = await library.owner.get<{ total: number }>(`${STEPS}?limit=1`);
  expect(total).toBeGreaterThanOrEqual(10_000);
  await page.goto(sessionPath(HUGE));
  const told = transcript(page);
  await expect(told.getByText("Turn 1: look through the next part.")).toBeInViewport();
  await expect(told.getByRole("article").last()).toHaveAttribute("aria-setsize", String(total));

  // In leaps, so that it takes seconds; each has to end at steps that were fetched.
  const last = told.getByText("56.99 was the last step");
  for (let leaps = 0; !(await last.isVisible()); leaps++) {
    expect(leaps, "the end comes into sight").toBeLessThan(40);
    await told.evaluate((feed) => feed.scrollBy(0, feed.scrollHeight / 12));
    await expect(told.locator(".skeleton")).toHaveCount(0);
    expect(await page.locator("*").count()).toBeLessThan(ELEMENTS_MAX);
  }
  await expect(told.getByRole("article").last()).toHaveAttribute("aria-posinset", String(total));
});

test("a step in the middle is found by its address, and its neighbours by j and k", async ({
  page,
  withHuge: library,
}) => {
  const { items } = await library.owner.get<{ items: { turn_id: string; step: { id: string } }[] }>(
    `${STEPS}?offset=7000&limit=1`,
  );
  const [found] = items;
  await page.goto(
    `${sessionPath(HUGE)}/turns/${found?.turn_id}/steps/${encodeURIComponent(found?.step.id ?? "")}`,
  );
  await expect(chosenStep(page)).toBeInViewport();
  await expect(chosenStep(page)).toHaveAttribute("aria-posinset", "7001");
  await expect(inspector(page)).toContainText("Step 7,001 of");
  const places = [7001];
  for (const key of ["j", "j", "k"]) {
    await page.keyboard.press(key);
    await expect(chosenStep(page)).not.toHaveAttribute("aria-posinset", String(places.at(-1)));
    await expect(chosenStep(page)).toBeInViewport();
    places.push(Number(await chosenStep(page).getAttribute("aria-posinset")));
  }
  const [first = 0, second = 0, third = 0, back = 0] = places;
  expect(second).toBeGreaterThan(first);
  expect(third).toBeGreaterThan(second);
  expect(third - first, "no more is passed over than requests").toBeLessThanOrEqual(4);
  expect(back).toBe(second);
});

test("the outline leads to a turn far away", async ({ page, withHuge: _ }) => {
  await page.goto(sessionPath(HUGE));
  const outline = page.getByRole("navigation", { name: "Turns" });
  await expect(transcript(page).getByText("Turn 1: look through the next part.")).toBeInViewport();
  await outline.press("End");
  await outline.getByRole("link", { name: /Turn 50:/ }).click();
  await expect(transcript(page).getByText("Turn 50: look through the next part.")).toBeInViewport();
  await expect(outline.locator("[aria-current]")).toHaveText([/Turn 50:/]);
});

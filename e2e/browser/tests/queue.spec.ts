import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import { expectNoSidewaysScroll, transcript } from "../harness/pages.ts";
import type { Person } from "../harness/people.ts";
import { Transcript } from "../harness/transcript.ts";

const ITEMS = 10;
const HOSTILE = '<img src=x onerror="window.__pwned=1">';

const idOf = (number: number) => `00000000-0000-4000-8000-0000000e${String(number).padStart(4, "0")}`;
const SESSIONS = Array.from({ length: ITEMS }, (_, number) => idOf(number));

interface OfWorker {
  library: Library;
  reviewer: Person;
}

/** A server of its own: the tests make queues and clear them. */
const test = base.extend<object, OfWorker>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      await library.take(
        "demo",
        ...SESSIONS.map((session, number) =>
          new Transcript(session)
            .prompt(`How many customers left in month ${number}?`)
            .text(`${number} left.`),
        ),
      );
      await use(library);
      await library.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  reviewer: [
    async ({ library }, use) =>
      use(await library.owner.invite("Reviewer", { role: "reviewer", projects: null })),
    { scope: "worker" },
  ],
});

test.describe.configure({ mode: "serial" });

const queueBar = (page: Page) => page.getByRole("region", { name: "Queue" });
const bar = (page: Page) => page.getByRole("region", { name: "Judging" });
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

async function makeQueue(owner: Person, fields: object): Promise<string> {
  const { id } = await owner.post<{ id: string }>("/workspaces/default/queues", {
    rubric: null,
    kind: "review",
    scope: "session",
    reviewers_per_item: 1,
    blind: false,
    due_days: 7,
    reservation_minutes: 30,
    reviewers: [],
    rules: [],
    ...fields,
  });
  return id;
}

test("a queue of ten is cleared by keyboard alone, by the keys that the pages name", async ({
  library,
  reviewer,
  open,
}) => {
  const queue = await makeQueue(library.owner, { name: `Churn ${HOSTILE}` });
  await library.owner.post(`/workspaces/default/queues/${queue}/items`, {
    sessions: SESSIONS,
    reason: `Asked by the client ${HOSTILE}`,
  });

  const page = await open({ storageState: reviewer.state });
  await page.goto("/w/default/sessions");
  await expect(page.getByRole("main").getByRole("listitem").first()).toBeVisible();
  await page.keyboard.press("o");
  await page.keyboard.press("q");
  await expect(page.getByRole("link", { name: /Churn/ })).toBeFocused();
  await expect(page.getByRole("main")).toContainText("completes and opens the next");
  await page.keyboard.press("Enter");

  for (let done = 0; done < ITEMS; done++) {
    await expect(queueBar(page)).toContainText(`${done} of ${ITEMS}`);
    await expect(queueBar(page)).toContainText("Asked by the client");
    await expect(bar(page)).toContainText("Session");
    if (done === 0) {
      // Nothing was said of it yet.
      await page.keyboard.press("Control+Enter");
      await expect(bar(page)).toContainText("Give a verdict first");
    }
    if (done % 3 === 2) {
      await page.keyboard.press("w");
      await page.keyboard.type("Nobody asked for this month.");
      await page.keyboard.press("Control+Enter");
      await expect(page.getByRole("dialog")).toBeHidden();
    } else {
      await page.keyboard.press("g");
    }
    await page.keyboard.press("Control+Enter");
  }
  await expect(page.getByRole("status").filter({ hasText: "is clear" })).toContainText(
    "10 items of yours done",
  );
  expect(await page.evaluate(() => "__pwned" in window)).toBe(false);
  const { counts } = await library.owner.get<{ counts: { complete: number } }>(
    `/workspaces/default/queues/${queue}`,
  );
  expect(counts.complete).toBe(ITEMS);
});

test("an item is left to others with a reason, and let go when the queue is left", async ({
  library,
  reviewer,
  open,
}) => {
  const queue = await makeQueue(library.owner, { name: "Two", reviewers_per_item: 2, blind: true });
  await library.owner.post(`/workspaces/default/queues/${queue}/items`, {
    sessions: SESSIONS.slice(0, 2),
    reason: "By hand",
  });
  const page = await open({ storageState: reviewer.state });
  await page.goto(`/w/default/queue/${queue}`);
  await expect(queueBar(page)).toContainText("0 of 2");
  await expect(bar(page)).toBeVisible();
  const first = new URL(page.url()).pathname;
  await page.keyboard.press("s");
  await page.keyboard.type("I know the client.");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => new URL(page.url()).pathname).not.toBe(first);
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press("q");
  await expect(page.getByRole("heading", { name: "Review" })).toBeVisible();
  await expect(page.getByRole("link", { name: /Two/ })).toBeVisible();
});

test("two reviewers who are blind do not see each other before both are done", async ({
  page,
  library,
  reviewer,
  open,
}) => {
  // Of the sessions above, one that no other blind queue holds open.
  const session = idOf(5);
  const queue = await makeQueue(library.owner, { name: "Blind", reviewers_per_item: 2, blind: true });
  await library.owner.post(`/workspaces/default/queues/${queue}/items`, {
    sessions: [session],
    reason: "By hand",
  });
  const theirs = await open({ storageState: reviewer.state });
  await theirs.goto(`/w/default/queue/${queue}`);
  await expect(queueBar(theirs)).toContainText("0 of 1");
  await expect(bar(theirs)).toBeVisible();
  await theirs.keyboard.press("w");
  await theirs.keyboard.type("A secret until both are done.");
  await theirs.keyboard.press("Control+Enter");
  await expect(theirs.getByRole("dialog")).toBeHidden();
  await theirs.keyboard.press("Control+Enter");
  await expect(theirs.getByRole("status").filter({ hasText: "is clear" })).toBeVisible();

  await page.goto(`/w/default/queue/${queue}`);
  await expect(transcript(page)).toBeVisible();
  await page.getByRole("complementary").getByRole("tab", { name: "Review" }).click();
  await expect(page.getByRole("complementary")).toContainText("each sees only their own");
  await expect(page.getByRole("complementary")).not.toContainText("A secret");
  await page.keyboard.press("g");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("status").filter({ hasText: "is clear" })).toBeVisible();

  await page.goto(`/w/default/review/queues/${queue}`);
  await expect(page.getByRole("button", { name: "disputed 1" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Decide" }).click();
  await expect(page.getByRole("dialog")).toContainText("A secret until both are done.");
  await page.getByRole("dialog").getByLabel("Why").fill("The month was asked for.");
  await page.getByRole("button", { name: "This holds" }).click();
  await expect(page.getByRole("button", { name: "complete 1" })).toBeVisible();
});

test("a scorecard is filled in and sent by keys, also in the reader view", async ({ page, library }) => {
  const { items: rubrics } = await library.owner.get<{
    items: { id: string; name: string; scope: string }[];
  }>("/workspaces/default/rubrics");
  const rubric = rubrics.find(({ scope }) => scope === "session");
  const queue = await makeQueue(library.owner, { name: "Scored", rubric: rubric?.id });
  await library.owner.post(`/workspaces/default/queues/${queue}/items`, {
    sessions: SESSIONS.slice(0, 1),
    reason: "By hand",
  });
  await page.goto(`/w/default/queue/${queue}`);
  const card = page.getByRole("region", { name: "Scorecard" });
  await expect(card).toContainText(rubric?.name ?? "");
  await page.keyboard.press("Control+Enter");
  await expect(card).toContainText("Not sent");
  await page.keyboard.press("R");
  await expect(page.getByRole("feed", { name: "Prompts and answers" })).toContainText("left.");
  await expect(card).toBeVisible();
  // Each item by its own keys: the best of a scale, or yes.
  for (
    let tries = 0;
    tries < 60 &&
    !(await card
      .getByText("to answer")
      .count()
      .then((n) => n === 0));
    tries++
  ) {
    const item = card.locator("[aria-current='step']");
    const best = item.locator(".score-value").filter({ hasNotText: "N/A" });
    const isYesNo = (await best.filter({ hasText: "Yes" }).count()) > 0;
    await page.keyboard.press(isYesNo ? "y" : ((await best.last().textContent()) ?? "1"));
  }
  await expect(card).toContainText("100 %");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("status").filter({ hasText: "is clear" })).toBeVisible();
});

test("the pages of reviewing have no fault that axe finds, in both themes and narrow", async ({
  page,
  library,
}) => {
  test.slow();
  const { items: queues } = await library.owner.get<{ items: { id: string }[] }>(
    "/workspaces/default/queues",
  );
  const { items: rubrics } = await library.owner.get<{ items: { id: string }[] }>(
    "/workspaces/default/rubrics",
  );
  for (const path of [
    "/w/default/queue",
    "/w/default/review/queues",
    `/w/default/review/queues/${queues[0]?.id}`,
    "/w/default/review/rubrics",
    `/w/default/review/rubrics/${rubrics[0]?.id}`,
    "/w/default/review/rubrics/new",
  ]) {
    await page.goto(path);
    await expect(page.getByRole("heading", { name: "Review" })).toBeVisible();
    await expect(page.getByText("Loading")).toHaveCount(0);
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1440, 390]) {
        // As high as the page: what is scrolled under the bar at the top is in nobody's way.
        await page.setViewportSize({ width, height: 3_000 });
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze();
        expect(violations, `${path} ${colorScheme} ${width}`).toEqual([]);
        await expectNoSidewaysScroll(page);
      }
    }
  }
});

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import { expectNoSidewaysScroll, rows, sessionPath, sessionsShown, transcript } from "../harness/pages.ts";
import { NOBODY, PASSWORD, type Person } from "../harness/people.ts";
import { picture } from "../harness/picture.ts";
import { addSessions, makeQueue } from "../harness/queues.ts";
import { Transcript } from "../harness/transcript.ts";

const ITEMS = 10;
const HOSTILE = '<img src=x onerror="window.__pwned=1">';

const idOf = (number: number) => `00000000-0000-4000-8000-0000000e${String(number).padStart(4, "0")}`;
const SESSIONS = Array.from({ length: ITEMS }, (_, number) => idOf(number));
const OLD = idOf(ITEMS);
/** More than a page of a queue's items shows. */
const MANY = Array.from({ length: 60 }, (_, number) => idOf(100 + number));

const HOUR_MS = 3_600_000;

const asked = (session: string, number: number, startsAt: Date) =>
  new Transcript(session, { startsAt })
    .prompt(`How many customers left in month ${number}?`)
    .text(`${number} left.`);

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
      const recently = new Date(Date.now() - HOUR_MS);
      await library.take(
        "demo",
        ...[...SESSIONS, ...MANY].map((session, number) => asked(session, number, recently)),
        asked(OLD, ITEMS, new Date(Date.now() - 30 * 24 * HOUR_MS))
          .prompt("And the month before?")
          .text("None left.")
          .prompt("Thanks."),
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

/** What axe says of a page as it is, and pictures of it. */
async function inBothThemes(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze();
    expect(violations, `${name} ${colorScheme}`).toEqual([]);
    await picture(page, `${name}-${colorScheme}`);
  }
}

test("a queue of ten is cleared by keyboard alone from the sign-in on, and what was wrong is found again by a view", async ({
  library,
  reviewer,
  open,
  watched,
}) => {
  // Before anybody signed in.
  watched.allowed.add(401);
  test.slow();
  const queue = await makeQueue(library.owner, { name: `Churn ${HOSTILE}` });
  await library.owner.post(`/workspaces/default/queues/${queue}/items`, {
    sessions: SESSIONS,
    reason: `Asked by the client ${HOSTILE}`,
  });

  // Of long ago, and a turn of it was found wrong today.
  const { items: turns } = await library.owner.get<{ items: { id: string }[] }>(
    `/workspaces/default/sessions/${OLD}/turns`,
  );
  const wrongTurn = turns[1]?.id ?? "";
  await library.owner.post(`/workspaces/default/sessions/${OLD}/verdicts`, {
    turn: wrongTurn,
    verdict: "wrong",
    reason: "An old one.",
  });

  const page = await open({ storageState: NOBODY });
  await page.goto("/");
  await expect(page.getByLabel("E-mail")).toBeFocused();
  await page.keyboard.type(reviewer.email);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press("o");
  await page.keyboard.press("q");
  await expect(page.getByRole("link", { name: /Churn/ })).toBeFocused();
  await expect(page.getByRole("main")).toContainText("completes and opens the next");
  await page.keyboard.press("Enter");

  const wrong: string[] = [];
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
      wrong.push(new URL(page.url()).pathname.split("/")[4] ?? "");
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

  await page.keyboard.press("Control+k");
  await page.keyboard.type("wrong this week");
  await expect(page.getByRole("option", { selected: true })).toContainText("Wrong this week");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/view=wrong_this_week/);
  // By when they were judged, whenever they were.
  await expect(rows(page)).toHaveCount(wrong.length + 1);
  expect((await sessionsShown(page)).toSorted()).toEqual([...wrong, OLD].toSorted());
  await page.keyboard.press("j");
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(bar(page)).toContainText("Session");
  expect(wrong).toContain(new URL(page.url()).pathname.split("/")[4]);
  await page.keyboard.press("W");
  await expect(bar(page)).toContainText("No turn of this session was judged wrong");
  await page.goBack();
  await expect(rows(page)).toHaveCount(wrong.length + 1);

  // A list of what is wrong leads to the turn that is.
  await rows(page).last().focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/sessions/${OLD}/turns/${wrongTurn}`));
  await expect(bar(page)).toContainText("Judged wrong: turn 2");
  await expect(transcript(page)).toContainText("None left.");
  await page.goBack();
  await expect(rows(page)).toHaveCount(wrong.length + 1);
});

test("a queue is made from a saved view, and each item says what found it", async ({ page, library }) => {
  await page.goto("/w/default/review/queues");
  await page.getByRole("button", { name: "New queue" }).click();
  const dialog = page.getByRole("dialog", { name: "New queue" });
  await dialog.getByLabel("Name").fill("Second look");
  await dialog.getByRole("button", { name: "Add a rule" }).click();
  await dialog.getByRole("combobox", { name: "Rule" }).selectOption({ label: "a saved view or a filter" });
  await dialog.getByLabel("Saved view").selectOption({ label: "Wrong this week" });
  await expect(dialog.getByRole("textbox", { name: "Filter" })).toHaveValue("verdict:wrong judged:7d");
  // A filter of one's own is no view's any more.
  await dialog.getByRole("textbox", { name: "Filter" }).fill("verdict:wrong judged:7d -turns>1");
  await expect(dialog.getByLabel("Saved view")).toHaveValue("");
  await dialog.getByLabel("Saved view").selectOption({ label: "Wrong this week" });
  await picture(page, "queue-dialog");
  await page.keyboard.press("Enter");
  const items = page.getByRole("table", { name: "Items: needs review" });
  await expect(items.getByRole("rowheader")).toHaveCount(4);
  await expect(items.getByRole("row").nth(1)).toContainText("verdict:wrong judged:7d");

  await page.getByRole("button", { name: "Add sessions" }).click();
  const add = page.getByRole("dialog", { name: "Add sessions" });
  await add.getByLabel("Saved view").selectOption({ label: "Awaiting review" });
  await expect(add.getByLabel("What a filter finds")).toHaveValue("verdict:none -kind:automated,single_turn");
  await picture(page, "queue-add-dialog");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Add sessions" })).toBeFocused();
  // As long as it is open, its sessions are blind in every queue.
  const queue = new URL(page.url()).pathname.split("/").at(-1);
  await library.owner.post(`/workspaces/default/queues/${queue}/close`, {});
});

test("a queue's page goes on where its first page ends, and its address says the state", async ({
  page,
  library,
}) => {
  const queue = await makeQueue(library.owner, { name: "Many" });
  await addSessions(library.owner, queue, MANY);
  await page.goto(`/w/default/review/queues/${queue}`);
  await expect(page.getByRole("button", { name: "needs review 60" })).toHaveAttribute("aria-pressed", "true");
  const items = page.getByRole("table", { name: "Items: needs review" }).getByRole("rowheader");
  await expect(items).toHaveCount(50);
  await expect(items.first()).toContainText("How many customers left in month 10?");
  await expect(page.getByRole("main")).toContainText("50 of 60");
  await page.getByRole("button", { name: "Show more" }).focus();
  await page.keyboard.press("Enter");
  await expect(items).toHaveCount(MANY.length);
  await expect(page.getByRole("button", { name: "Show more" })).toHaveCount(0);
  const links = await items
    .getByRole("link")
    .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(new Set(links).size).toBe(MANY.length);

  await page.getByRole("button", { name: "disputed 0" }).click();
  await expect(page).toHaveURL(/state=disputed/);
  await page.reload();
  await expect(page.getByRole("button", { name: "disputed 0" })).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("Nothing disputed.")).toBeVisible();
});

test("a known answer is set beside a verdict, stands in the list of whoever manages, and is removed there", async ({
  page,
  library,
  reviewer,
  open,
}) => {
  const session = MANY[0] ?? "";
  await page.goto("/w/default/review/known-answers");
  await expect(page.getByRole("heading", { name: "No known answer yet" })).toBeVisible();
  await page.goto(`${sessionPath(session)}?tab=review`);
  await expect(bar(page)).toContainText("Session");
  await page.keyboard.press("g");
  const verdict = page.getByRole("article", { name: "Verdict by Owner" });
  await verdict.getByRole("button", { name: "Make it a known answer" }).click();
  await verdict.getByRole("link", { name: "Known answer: Good" }).click();
  const known = page.getByRole("table", { name: "Known answers" });
  await expect(known.getByRole("row").last()).toContainText("Good");
  await expect(known.getByRole("row").last()).toContainText("You");
  await expect(known.getByRole("rowheader")).toContainText("How many customers left in month 10?");
  const { items } = await library.owner.get<{ items: { session: string; verdict: string }[] }>(
    "/workspaces/default/gold",
  );
  expect(items).toMatchObject([{ session, verdict: "good" }]);

  await known.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByRole("heading", { name: "No known answer yet" })).toBeVisible();
  expect(await library.owner.get("/workspaces/default/gold")).toMatchObject({ items: [] });

  const theirs = await open({ storageState: reviewer.state });
  await theirs.goto("/w/default/review/known-answers");
  await expect(theirs.getByRole("heading", { name: "Not for reviewers" })).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Known answers" })).toHaveCount(0);
});

test("an item is left to others with a reason, and let go when the queue is left", async ({
  library,
  reviewer,
  open,
}) => {
  const queue = await makeQueue(library.owner, { name: "Two", reviewers_per_item: 2, blind: true });
  await addSessions(library.owner, queue, SESSIONS.slice(0, 2));
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

test("an item is judged and done by touch alone, on a narrow page", async ({ library, open }) => {
  const queue = await makeQueue(library.owner, { name: "By touch" });
  await addSessions(library.owner, queue, SESSIONS.slice(3, 5));
  const page = await open({ viewport: { width: 390, height: 780 }, hasTouch: true });
  await page.goto(`/w/default/queue/${queue}`);
  for (const done of [0, 1]) {
    await expect(queueBar(page)).toContainText(`${done} of 2`);
    await expect(queueBar(page)).toContainText("Here because");
    await bar(page).getByRole("button", { name: "Good" }).tap();
    await expect(bar(page).getByRole("button", { name: "Good" })).toHaveAttribute("aria-pressed", "true");
    if (done === 0) {
      await expectNoSidewaysScroll(page);
      await picture(page, "queue-item-390");
    }
    await queueBar(page).getByRole("button", { name: "Done and next" }).tap();
  }
  await expect(page.getByRole("status").filter({ hasText: "is clear" })).toBeVisible();
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
  await addSessions(library.owner, queue, [session]);
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

  // The session says what holds, above what each had said.
  await page.goto(`${sessionPath(SESSIONS[5] ?? "")}?tab=review`);
  const decided = page.getByRole("article", { name: "Decision by Owner" });
  await expect(decided).toContainText("Decided: ");
  await expect(decided).toContainText("The month was asked for.");
});

test("a scorecard is filled in and sent by keys, also in the reader view", async ({ page, library }) => {
  const { items: rubrics } = await library.owner.get<{
    items: { id: string; name: string; scope: string }[];
  }>("/workspaces/default/rubrics");
  const rubric = rubrics.find(({ scope }) => scope === "session");
  const queue = await makeQueue(library.owner, { name: "Scored", rubric: rubric?.id });
  await addSessions(library.owner, queue, SESSIONS.slice(0, 1));
  await page.goto(`/w/default/queue/${queue}`);
  const card = page.getByRole("region", { name: "Scorecard" });
  await expect(card).toContainText(rubric?.name ?? "");
  await page.keyboard.press("Control+Enter");
  await expect(card).toContainText("Not sent");
  await inBothThemes(page, "scorecard");
  await page.keyboard.press("R");
  await expect(page.getByRole("feed", { name: "Prompts and answers" })).toContainText("left.");
  await expect(card).toBeVisible();
  await inBothThemes(page, "reader-view");
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

test("a rubric that is being changed is not lost by leaving, and what is added is named next", async ({
  page,
}) => {
  await page.goto("/w/default/review/rubrics/new");
  await page.getByLabel("Name").fill("Half done");
  await page.getByRole("button", { name: "+ Item" }).press("Enter");
  await page.keyboard.type("New thing");
  await expect(page.getByLabel(/^Item \d+$/).last()).toHaveValue("New thing");
  await page.getByRole("link", { name: "Queues" }).click();
  const asked = page.getByRole("dialog", { name: "Leave without saving?" });
  await asked.getByRole("button", { name: "Stay" }).click();
  await expect(page.getByLabel("Name")).toHaveValue("Half done");
  await page.getByRole("link", { name: "Queues" }).click();
  await asked.getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/review\/queues/);
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
  for (const [name, path] of [
    ["my-queue", "queue"],
    ["queues", "review/queues"],
    ["queue-page", `review/queues/${queues[0]?.id}`],
    ["rubrics", "review/rubrics"],
    ["rubric", `review/rubrics/${rubrics[0]?.id}`],
    ["rubric-new", "review/rubrics/new"],
    ["known-answers", "review/known-answers"],
    ["agreement-empty", "review/agreement"],
  ] as const) {
    await page.goto(`/w/default/${path}`);
    await expect(page.getByRole("heading", { name: "Review", exact: true })).toBeVisible();
    await expect(page.getByText("Loading")).toHaveCount(0);
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [1440, 390]) {
        // As high as the page: what is scrolled under the bar at the top is in nobody's way.
        await page.setViewportSize({ width, height: 3_000 });
        await page.emulateMedia({ colorScheme });
        const { violations } = await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze();
        expect(violations, `${path} ${colorScheme} ${width}`).toEqual([]);
        await expectNoSidewaysScroll(page);
        await page.setViewportSize({ width, height: 900 });
        await picture(page, `${name}-${colorScheme}-${width}`);
      }
    }
  }
});

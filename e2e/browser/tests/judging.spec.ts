import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { readCorpus } from "../harness/hostile.ts";
import { faultsOnPage } from "../harness/inspection.ts";
import { Library } from "../harness/library.ts";
import { expectNoSidewaysScroll, inspector, sessionPath, transcript } from "../harness/pages.ts";
import type { Person } from "../harness/people.ts";
import { picture } from "../harness/picture.ts";
import { Transcript } from "../harness/transcript.ts";

const SESSION = "00000000-0000-4000-8000-0000000d1000";
const OTHER = "00000000-0000-4000-8000-0000000d2000";
const PLAIN = "00000000-0000-4000-8000-0000000d3000";
const LONG = "00000000-0000-4000-8000-0000000d4000";

const asked = (session: string) =>
  new Transcript(session)
    .prompt("How many customers left in Q2?")
    .call({ name: "Bash", input: { command: "cat churn.csv" }, output: "Q2,4\nQ3,6\n" })
    .text("In Q2 the churn was **4 %** 😀, and 4 % in `Q1` as well.")
    .prompt("And in Q3?")
    .text("In Q3 it was 6 %.");

/** Higher than any window, with what is asked above at its beginning. */
function askedAtLength(): Transcript {
  const session = asked(LONG);
  for (let month = 1; month <= 60; month++) {
    session.text(`In month ${month} nobody left.`);
  }
  return session;
}

interface OfWorker {
  library: Library;
  reviewer: Person;
  viewer: Person;
}

/** A server of its own: the tests judge. */
const test = base.extend<object, OfWorker>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      await library.take("demo", asked(SESSION), asked(OTHER), asked(PLAIN), askedAtLength());
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
  viewer: [
    async ({ library }, use) => use(await library.owner.invite("Viewer", { role: "viewer", projects: null })),
    { scope: "worker" },
  ],
});

const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

test.describe.configure({ mode: "serial" });

const bar = (page: Page) => page.getByRole("region", { name: "Judging" });
const writing = (page: Page) => page.getByRole("dialog");
const heading = (page: Page, turn: number): Locator =>
  transcript(page)
    .getByRole("article")
    .filter({ hasText: `Turn ${turn}` })
    .first();

async function openSession(page: Page, session: string) {
  await page.goto(sessionPath(session));
  await expect(transcript(page).getByText("And in Q3?")).toBeVisible();
  await expect(bar(page)).toBeVisible();
}

async function openReview(page: Page) {
  await inspector(page).getByRole("tab", { name: "Review" }).click();
}

interface Judged {
  verdicts: { turn: string | null; verdict: string; reason: string | null; current: boolean }[];
  comments: { text: string; anchor: { state: string; field: string | null; start: number | null } }[];
}

const judgedOf = (person: Person, session: string) =>
  person.get<Judged>(`/workspaces/default/sessions/${session}/reviews`);

test("a verdict takes one key and less than two seconds, and can be taken back", async ({
  page,
  library,
}) => {
  await openSession(page, SESSION);
  await expect(bar(page)).toContainText("Session");
  await page.keyboard.press("J");
  await expect(bar(page)).toContainText("Turn 2");
  const begun = Date.now();
  await page.keyboard.press("g");
  await expect(heading(page, 2).getByTitle(/^Good by/)).toBeVisible();
  await expect
    .poll(async () => (await judgedOf(library.owner, SESSION)).verdicts.map(({ verdict }) => verdict))
    .toEqual(["good"]);
  expect(Date.now() - begun).toBeLessThan(2_000);

  await page.keyboard.press("u");
  await expect(bar(page)).toContainText("Withdrawn");
  await expect(heading(page, 2).getByTitle(/^Good by/)).toBeHidden();
  await expect
    .poll(async () => (await judgedOf(library.owner, SESSION)).verdicts.map(({ current }) => current))
    .toEqual([false, true]);
  expect((await judgedOf(library.owner, SESSION)).verdicts.at(-1)?.verdict).toBe("withdrawn");
});

test("a wrong one asks for a reason; Escape leaves; skipping stores nothing", async ({ page, library }) => {
  await openSession(page, OTHER);
  await page.keyboard.press("w");
  await expect(writing(page).getByLabel("Reason")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(writing(page)).toBeHidden();

  await page.keyboard.press("w");
  await page.keyboard.press("Control+Enter");
  await expect(writing(page)).toContainText("without a reason");
  await page.keyboard.type("gw: the refunds are");
  // What is left is found again by whoever goes on with it, and by nothing else.
  await page.keyboard.press("Escape");
  await page.keyboard.press("c");
  await expect(writing(page).getByLabel("Comment")).toHaveValue("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("w");
  await expect(writing(page).getByLabel("Reason")).toHaveValue("gw: the refunds are");
  await page.keyboard.press("End");
  await page.keyboard.type(" missing");
  await page.keyboard.press("Control+Enter");
  await expect(writing(page)).toBeHidden();
  await expect(bar(page)).toContainText("Wrong: the session");
  await page.keyboard.press("w");
  await expect(writing(page).getByLabel("Reason")).toHaveValue("");
  await page.keyboard.press("Escape");
  await openReview(page);
  await expect(inspector(page)).toContainText("gw: the refunds are missing");

  await page.keyboard.press("K");
  await page.keyboard.press("J");
  await expect(bar(page)).toContainText("Turn 2");
  await page.keyboard.press("S");
  await expect(bar(page)).toContainText("Session");
  await page.keyboard.press("S");
  await page.keyboard.press("s");
  await expect(bar(page)).toContainText("nothing stored");
  const { verdicts } = await judgedOf(library.owner, OTHER);
  expect(verdicts).toMatchObject([{ turn: null, verdict: "wrong", reason: "gw: the refunds are missing" }]);
});

test("what was said before stays, by person and time", async ({ page, library, reviewer, open }) => {
  await reviewer.post(`/workspaces/default/sessions/${OTHER}/verdicts`, { verdict: "good" });
  await openSession(page, OTHER);
  await page.keyboard.press("g");
  await openReview(page);
  const told = inspector(page).getByRole("article", { name: /^Verdict by/ });
  await expect(told).toHaveCount(2);
  await told.filter({ hasText: "You" }).getByText("1 earlier verdict").click();
  await expect(told.filter({ hasText: "You" })).toContainText("the refunds are missing");
  expect((await judgedOf(library.owner, OTHER)).verdicts).toHaveLength(3);

  const theirs = await open({ storageState: reviewer.state });
  await openSession(theirs, OTHER);
  await openReview(theirs);
  await expect(inspector(theirs).getByRole("article", { name: "Verdict by Owner" })).toContainText("Good");
});

test("tags are completed, put on and taken off", async ({ page }) => {
  await openSession(page, OTHER);
  await page.keyboard.press("t");
  await page.keyboard.type("Made up");
  await page.keyboard.press("Enter");
  await page.keyboard.type("tone");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(writing(page)).toBeHidden();
  await expect(bar(page)).toContainText("made-up");
  await page.reload();
  await expect(bar(page)).toContainText("tone");

  await page.keyboard.press("J");
  await page.keyboard.press("t");
  await page.keyboard.type("mad");
  // Nothing around the field cuts off what completes it.
  await writing(page).getByRole("option", { name: "made-up" }).click({ trial: true });
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(heading(page, 2).getByTitle("made-up")).toBeVisible();

  await openReview(page);
  await inspector(page).getByRole("button", { name: "Remove tone" }).click();
  await expect(inspector(page)).not.toContainText("tone");
});

/** Selects a text that is shown in one piece. */
async function select(within: Locator, text: string) {
  await within.evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      const at = node.data.lastIndexOf(wanted);
      if (at !== -1) {
        getSelection()?.setBaseAndExtent(node, at, node, at + wanted.length);
        return;
      }
    }
    throw new Error(`there is no ${wanted}`);
  }, text);
}

test("a comment on selected text stands where it was put, also after a reload", async ({
  page,
  library,
  reviewer,
  open,
}) => {
  await openSession(page, OTHER);
  const answer = transcript(page).getByRole("article").filter({ hasText: "the churn was" });
  await select(answer, "4 %");
  await page.keyboard.press("c");
  await expect(writing(page)).toContainText("on this text, Turn 1");
  await page.keyboard.type("Which quarter? @Rev");
  await expect(writing(page).getByRole("option", { name: "Reviewer" })).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(writing(page)).toBeHidden();
  const [comment] = (await judgedOf(library.owner, OTHER)).comments;
  expect(comment?.anchor).toMatchObject({ state: "placed", field: "text" });

  await page.reload();
  await expect(bar(page)).toBeVisible();
  await expect.poll(() => marked(page)).toEqual(["4 %"]);
  await openReview(page);
  const thread = inspector(page).getByRole("region", { name: "Comment by Owner" });
  await expect(thread).toContainText("Which quarter? @Reviewer");

  const theirs = await open({ storageState: reviewer.state });
  await theirs.goto("/w/default/sessions");
  await theirs.getByRole("button", { name: "Mentions, 1 new" }).click();
  await theirs.getByRole("button", { name: /Which quarter/ }).click();
  await expect(theirs).toHaveURL(new RegExp(OTHER));
  await openReview(theirs);
  await inspector(theirs).getByRole("button", { name: "Reply" }).click();
  await theirs.keyboard.type("Q2, as asked.");
  await theirs.keyboard.press("Control+Enter");
  await expect(inspector(theirs)).toContainText("Q2, as asked.");
  await theirs.getByRole("button", { name: "Mentions, 1 new" }).click();
  await theirs.getByRole("button", { name: "Mark all read" }).click();
  await expect(theirs.getByRole("button", { name: "Mentions", exact: true })).toBeVisible();

  await page.reload();
  await openReview(page);
  await expect(thread).toContainText("Q2, as asked.");
  await thread.getByRole("button", { name: "Edit" }).click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("Which quarter is it?");
  await page.keyboard.press("Control+Enter");
  await expect(thread).toContainText("Which quarter is it?");
  await thread.getByText(/^edited/).click();
  await expect(thread).toContainText("Which quarter? @Reviewer");
  await thread.getByRole("button", { name: "Resolve" }).click();
  await expect(inspector(page).getByText("Resolved: Which quarter is it?")).toBeVisible();
  await expect.poll(() => marked(page)).toEqual([]);
});

/** What the browser paints as commented on. */
const marked = (page: Page) =>
  page.evaluate(() => [...(CSS.highlights.get("argus-commented") ?? [])].map((range) => range.toString()));

test("a mark in the text leads to its thread, by mouse and by key, and the thread back to the text", async ({
  page,
  library,
}) => {
  const { comments } = await judgedOf(library.owner, LONG);
  expect(comments).toEqual([]);
  for (let number = 0; number < 20; number++) {
    await library.owner.post(`/workspaces/default/sessions/${LONG}/comments`, {
      anchor: {},
      text: `Of the whole session, ${number}`,
    });
  }
  await openSession(page, LONG);
  const answer = transcript(page).getByRole("article").filter({ hasText: "the churn was" });
  await select(answer, "4 %");
  await page.keyboard.press("c");
  await page.keyboard.type("Which quarter?");
  await page.keyboard.press("Control+Enter");
  await expect(writing(page)).toBeHidden();
  await page.evaluate(() => getSelection()?.removeAllRanges());
  const thread = inspector(page).getByRole("region", { name: "Comment by Owner" }).filter({
    hasText: "Which quarter?",
  });

  await expect.poll(() => marked(page)).toEqual(["4 %"]);
  const [x, y] = await page.evaluate(() => {
    const [range] = CSS.highlights.get("argus-commented") ?? [];
    const { left, top, width, height } = (range as unknown as Range).getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  });
  await page.mouse.click(x ?? 0, y ?? 0);
  await expect(inspector(page).getByRole("tab", { name: "Review" })).toHaveAttribute("aria-selected", "true");
  await expect(thread).toBeFocused();
  await expect(thread).toBeInViewport();

  const mark = answer.getByRole("button", { name: "Comment by Owner: open" });
  for (const key of ["Enter", "Space"]) {
    await inspector(page).getByRole("tab", { name: "Details" }).click();
    await expect(thread).toHaveCount(0);
    await mark.focus();
    await page.keyboard.press(key);
    await expect(thread).toBeFocused();
    await expect(thread).toBeInViewport();
  }

  // The text is found again from wherever was read on, and as often as it is asked for.
  const quote = thread.getByRole("button", { name: "4 %" });
  for (let times = 0; times < 2; times++) {
    await page.keyboard.press("2");
    await page.keyboard.press("End");
    await expect(answer).toHaveCount(0);
    await quote.focus();
    await page.keyboard.press("Enter");
    await expect(answer).toBeInViewport();
    await expect(page).toHaveURL(/\/steps\//);
    await expect(quote).toBeFocused();
    await expect(quote).toBeInViewport();
  }
  await expectNoSidewaysScroll(page);
});

test("an answer is corrected beside what it was", async ({ page }) => {
  await openSession(page, OTHER);
  await page.keyboard.press("J");
  await page.keyboard.press("a");
  const text = writing(page).getByLabel("As it should have been");
  await expect(text).toHaveValue("In Q3 it was 6 %.");
  await text.fill("In Q3 it was 7 %.");
  await page.keyboard.press("Control+Enter");
  await expect(writing(page)).toBeHidden();
  await openReview(page);
  const corrected = inspector(page).getByRole("article", { name: "Corrected answer by Owner" });
  await expect(corrected.locator("del")).toHaveText("6");
  await expect(corrected.locator("ins")).toHaveText("7");
  await corrected.getByRole("button", { name: "Side by side" }).click();
  await expect(page.getByRole("dialog")).toContainText("As it was answered");
  await page.keyboard.press("Escape");
});

test("whoever may only read judges nothing", async ({ viewer, open }) => {
  const page = await open({ storageState: viewer.state });
  await page.goto(sessionPath(OTHER));
  await openReview(page);
  await expect(inspector(page)).toContainText("Which quarter is it?");
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await expect(writing(page)).toHaveCount(0);
  await expect(inspector(page).getByRole("button", { name: "Reply" })).toHaveCount(0);
});

test("what the server refuses is taken back and told", async ({ page, watched }) => {
  watched.allowed.add(503);
  const refused: string[] = [];
  await page.route("**/verdicts", (route) => {
    refused.push(route.request().method());
    return route.fulfill({ status: 503 });
  });
  await openSession(page, PLAIN);
  await page.keyboard.press("g");
  await expect.poll(() => refused).toEqual(["POST"]);
  await expect(bar(page)).toContainText("Not stored");
  await expect(bar(page).getByRole("button", { name: "Good" })).toHaveAttribute("aria-pressed", "false");
  // Nor is what was written for it lost.
  await page.keyboard.press("w");
  await page.keyboard.type("The refunds are missing");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => refused).toEqual(["POST", "POST"]);
  await expect(bar(page)).toContainText("Not stored");
  await page.keyboard.press("w");
  await expect(writing(page).getByLabel("Reason")).toHaveValue("The refunds are missing");
  await page.keyboard.press("Escape");
  await openReview(page);
  await expect(inspector(page)).toContainText("Not judged yet");
});

test("a server that is slow to store is waited for, and said to be", async ({ page }) => {
  let answer: () => void = () => undefined;
  const slow = new Promise<void>((done) => {
    answer = done;
  });
  await page.route("**/verdicts", async (route) => {
    await slow;
    await route.continue();
  });
  await openSession(page, PLAIN);
  await page.keyboard.press("g");
  await expect(bar(page)).toContainText("Storing…");
  answer();
  await expect(bar(page)).toContainText("Good: the session");
  await page.keyboard.press("u");
  await expect(bar(page)).toContainText("Withdrawn: the session");
});

test("what is written covers nothing of the transcript", async ({ page }) => {
  await openSession(page, LONG);
  await page.keyboard.press("End");
  await page.keyboard.press("c");
  await expect(writing(page)).toBeVisible();
  const last = transcript(page).getByText("In month 60 nobody left.");
  // The rows are measured as they come into view: the end moves on while it is gone to.
  await expect(async () => {
    await page.getByRole("feed").press("End");
    await expect(last).toBeInViewport({ ratio: 1, timeout: 500 });
  }).toPass();
  const foot = await last.evaluate((text) => text.getBoundingClientRect().bottom);
  const head = await writing(page).evaluate((dialog) => dialog.getBoundingClientRect().top);
  expect(foot).toBeLessThanOrEqual(head);
});

test("hostile text in reasons and comments is text", async ({ page, library }) => {
  const texts = readCorpus()
    .filter(({ text, expect: kind }) => kind !== "bounded" && text.trim() !== "" && text.length < 1_500)
    .slice(0, 40)
    .map(({ text }) => text);
  for (const text of texts) {
    await library.owner.post(`/workspaces/default/sessions/${SESSION}/comments`, { anchor: {}, text });
    await library.owner.post(`/workspaces/default/sessions/${SESSION}/verdicts`, {
      verdict: "wrong",
      reason: text,
    });
  }
  await openSession(page, SESSION);
  await openReview(page);
  await inspector(page)
    .getByText(/earlier verdicts$/)
    .click();
  await expect(inspector(page).getByRole("region", { name: "Comment by Owner" })).toHaveCount(texts.length);
  expect(await page.evaluate(faultsOnPage)).toEqual([]);
  await expectNoSidewaysScroll(page);
});

test("the judging has no fault that axe finds, in both themes", async ({ page }) => {
  test.slow();
  await openSession(page, OTHER);
  await openReview(page);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const key of [undefined, "w", "t", "c", "a"]) {
      if (key) {
        await page.keyboard.press("2");
        await page.keyboard.press("J");
        await page.keyboard.press(key);
        await expect(writing(page)).toBeVisible();
      }
      expect(
        (await new AxeBuilder({ page }).withTags(AXE_TAGS).analyze()).violations,
        `${colorScheme} ${key}`,
      ).toEqual([]);
      await picture(page, `judging-${key ?? "review"}-${colorScheme}`);
      if (key) {
        await page.keyboard.press("Escape");
      }
    }
  }
});

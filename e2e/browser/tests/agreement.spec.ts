import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import { expectNoSidewaysScroll } from "../harness/pages.ts";
import type { Person } from "../harness/people.ts";
import { picture } from "../harness/picture.ts";
import { addSessions, judgeNext, makeQueue } from "../harness/queues.ts";
import { Transcript } from "../harness/transcript.ts";

/** Fewer than the thirty that figures are given from, and how many the reviewers judge by hand then. */
const FIRST = 28;
const BY_HAND = 4;
const ITEMS = FIRST + BY_HAND;

const idOf = (number: number) => `00000000-0000-4000-8000-0000000f${String(number).padStart(4, "0")}`;
const numberOf = (session: string) => Number(session.slice(-4));

const RUBRIC = {
  name: "Churn answers",
  description: "",
  scope: "session",
  pass_percent: 60,
  sections: [
    {
      id: "answer",
      title: "Answer",
      weight: 1,
      items: [
        { id: "right", title: "Is the figure right?", weight: 1, kind: "yes_no", scale: null },
        {
          id: "clear",
          title: "How clear is it?",
          weight: 1,
          kind: "scale",
          scale: { min: 1, max: 5, labels: [] },
        },
      ],
    },
  ],
};

type Name = "Ada" | "Ben";

/** What each says of a session. Ben is of another mind now and then, and he is the milder one. */
function answersOf(name: Name, session: string): { right: boolean; clear: number } {
  const number = numberOf(session);
  const right = number % 5 !== 4;
  const clear = 1 + (number % 4);
  return name === "Ada"
    ? { right, clear }
    : { right: right || number % 10 === 4, clear: number % 3 === 0 ? clear + 1 : clear };
}

/** Two reviewers' yes and no, by the published formulas, apart from what the server has for them. */
function figuresOf(sessions: readonly string[]): { raw: number; alpha: number; ac1: number } {
  const said = sessions.map((session) => [answersOf("Ada", session).right, answersOf("Ben", session).right]);
  const n = said.length;
  const disagreeing = said.filter(([one, other]) => one !== other).length;
  const yes = said.flat().filter((right) => right).length;
  const expected = (2 * yes * (2 * n - yes)) / (2 * n * (2 * n - 1));
  const share = yes / (2 * n);
  const chance = 2 * share * (1 - share);
  const raw = 1 - disagreeing / n;
  return { raw, alpha: 1 - disagreeing / n / expected, ac1: (raw - chance) / (1 - chance) };
}

/** How far Ben's scores are above Ada's on average, in percent. */
function milderOf(sessions: readonly string[]): number {
  const score = (name: Name, session: string) => {
    const { right, clear } = answersOf(name, session);
    return (100 * (Number(right) + (clear - 1) / 4)) / 2;
  };
  const apart = sessions.map((session) => score("Ben", session) - score("Ada", session));
  return apart.reduce((sum, each) => sum + each, 0) / apart.length;
}

interface OfWorker {
  library: Library;
  ada: Person;
  ben: Person;
}

/** A server of its own: its judgements are counted. */
const test = base.extend<object, OfWorker>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      const made = Array.from({ length: ITEMS }, (_, number) =>
        new Transcript(idOf(number))
          .prompt(`How many customers left in week ${number}?`)
          .text(`${number} left.`),
      );
      await library.take("demo", ...made);
      await use(library);
      await library.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  ada: [
    async ({ library }, use) => use(await library.owner.invite("Ada", { role: "reviewer", projects: null })),
    { scope: "worker" },
  ],
  ben: [
    async ({ library }, use) => use(await library.owner.invite("Ben", { role: "reviewer", projects: null })),
    { scope: "worker" },
  ],
});

test.describe.configure({ mode: "serial" });

/** Clears what is left of a queue in the browser: each item of the card by its own key. */
async function judgeByHand(page: Page, name: Name, queue: string): Promise<void> {
  await page.goto(`/w/default/queue/${queue}`);
  const bar = page.getByRole("region", { name: "Queue" });
  const card = page.getByRole("region", { name: "Scorecard" });
  for (let done = FIRST; done < ITEMS; done++) {
    await expect(bar).toContainText(`${done} of ${ITEMS}`);
    await expect(card.locator("[aria-current='step']")).toContainText("Is the figure right?");
    const { right, clear } = answersOf(name, new URL(page.url()).pathname.split("/")[4] ?? "");
    await page.keyboard.press(right ? "y" : "n");
    await expect(card.locator("[aria-current='step']")).toContainText("How clear is it?");
    await page.keyboard.press(String(clear));
    await page.keyboard.press("Control+Enter");
  }
  await expect(page.getByRole("status").filter({ hasText: "is clear" })).toBeVisible();
}

test("two reviewers' agreement shows from thirty items on, with its figures and what they rest on", async ({
  page,
  library: { owner },
  ada,
  ben,
  open,
}) => {
  test.slow();
  const rubric = await owner.post<{ id: string; version: number }>("/workspaces/default/rubrics", RUBRIC);
  const queue = await makeQueue(owner, {
    name: "Churn",
    rubric: rubric.id,
    reviewers_per_item: 2,
    blind: true,
  });
  const sessions = Array.from({ length: ITEMS }, (_, number) => idOf(number));
  await addSessions(owner, queue, sessions);

  const score = (person: Person, name: Name) => (item: { id: string; session: string }) => {
    const { right, clear } = answersOf(name, item.session);
    return person.post(`/workspaces/default/sessions/${item.session}/scores`, {
      rubric: rubric.id,
      version: rubric.version,
      queue_item: item.id,
      answers: [
        { item: "right", value: right, evidence_turn: null, note: null },
        { item: "clear", value: clear, evidence_turn: null, note: null },
      ],
    });
  };
  await judgeNext(ada, queue, FIRST, score(ada, "Ada"));
  await judgeNext(ben, queue, FIRST, score(ben, "Ben"));

  const figures = page.getByRole("table", { name: "Agreement by item" });
  await page.goto(`/w/default/review/agreement?rubric=${rubric.id}`);
  const right = figures.getByRole("row", { name: /Is the figure right/ });
  await expect(right).toContainText(`needs 30, has ${FIRST}`);
  const reviewers = page.getByRole("table", { name: "Reviewers" });
  await expect(reviewers.getByRole("row", { name: /^Ada/ })).toContainText(
    `${FIRST} judged by two or more so far; shown from 30 on`,
  );

  await judgeByHand(await open({ storageState: ada.state }), "Ada", queue);
  await judgeByHand(await open({ storageState: ben.state }), "Ben", queue);

  await page.reload();
  const { raw, alpha, ac1 } = figuresOf(sessions);
  const equal = `${Number((100 * raw).toFixed(1))} %`;
  const cells = right.getByRole("cell");
  await expect(cells.nth(0)).toHaveText(String(ITEMS));
  await expect(cells.nth(1)).toHaveText(equal);
  await expect(cells.nth(2)).toHaveText(
    new RegExp(`^${alpha.toFixed(2).replace(".", "\\.")} −?\\d\\.\\d\\d to −?\\d\\.\\d\\d$`),
  );
  await expect(cells.last()).toHaveText(ac1.toFixed(2));
  await expect(
    page.getByRole("table", { name: "Agreement by pair" }).getByRole("row", { name: /Is the figure right/ }),
  ).toContainText(equal);

  const milder = milderOf(sessions).toFixed(1);
  await expect(reviewers.getByRole("row", { name: /^Ben/ })).toContainText(
    new RegExp(`\\+${milder} \\+\\d+\\.\\d to \\+\\d+\\.\\d, n ${ITEMS}`),
  );
  await expect(reviewers.getByRole("row", { name: /^Ada/ })).toContainText(
    new RegExp(`−${milder} −\\d+\\.\\d to −\\d+\\.\\d, n ${ITEMS}`),
  );

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 3_000 });
      expect((await new AxeBuilder({ page }).analyze()).violations, `${colorScheme} ${width}`).toEqual([]);
      await page.setViewportSize({ width, height: 900 });
      await picture(page, `agreement-${colorScheme}-${width}`);
      await expectNoSidewaysScroll(page);
    }
  }
});

test("reviewers see their own leniency only", async ({ ada, open }) => {
  const page = await open({ storageState: ada.state });
  await page.goto("/w/default/review/agreement");
  await page.getByLabel("Judged by").selectOption({ label: RUBRIC.name });
  const reviewers = page.getByRole("table", { name: "Reviewers" });
  await expect(reviewers.getByRole("row", { name: /^You/ })).toContainText(`n ${ITEMS}`);
  await expect(reviewers.getByRole("row", { name: /^Ben/ })).toContainText(
    "shown to the reviewer and to who manages queues",
  );
});

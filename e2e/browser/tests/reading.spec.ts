import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { type Hostile, hostileSession, readCorpus } from "../harness/hostile.ts";
import { faultsOnPage } from "../harness/inspection.ts";
import type { Library } from "../harness/library.ts";
import { HUGE, hugeSession } from "../harness/made.ts";
import { chosenStep, expectNoSidewaysScroll, sessionPath, transcript } from "../harness/pages.ts";
import { FAILURES, STORY, TOOLS } from "../harness/sessions.ts";
import { Transcript } from "../harness/transcript.ts";

const DEEP = "00000000-0000-4000-8000-0000000a4000";
const LINES = 60;

/** What is looked for stands in a thought, deep in an output, and in a call of a run. */
function deepSession(session = DEEP): Transcript {
  const output = Array.from({ length: LINES }, (_, line) =>
    line === 30 ? "here is the quokka in the middle" : `plain line ${line} of the listing`,
  ).join("\n");
  const made = new Transcript(session).prompt("Look for the animal.");
  for (let call = 0; call < 3; call++) {
    made.call({ name: "Read", input: { file_path: `/zoo/${call}.txt` }, output: `nothing in ${call}` });
  }
  return made
    .thinking("The first line of the thought.\nPerhaps a quokka was meant.")
    .call({ name: "Bash", input: { command: "cat zoo.txt" }, output })
    .text("It is in zoo.txt.")
    .prompt("Thank you.")
    .text("You are welcome.");
}

const test = base.extend<object, { made: Library; huge: Library }>({
  made: [
    async ({ library }, use) => {
      await library.take("demo", deepSession());
      await use(library);
    },
    { scope: "worker" },
  ],
  huge: [
    async ({ library }, use) => {
      await library.take("demo", hugeSession());
      await use(library);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

/** Waits until what was taken can be searched for. */
async function indexed(library: Library): Promise<void> {
  await expect
    .poll(async () => {
      const found = await library.owner.get<{ lag: { records: number }; indexes: number[] }>(
        `/workspaces/default/sessions/${DEEP}/find?q=quokka`,
      );
      return found.lag.records === 0 && found.indexes.length;
    })
    .toBe(2);
}

/** What the mark says that is looked at, and whether it can be seen. */
async function firstMark(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const [range] = CSS.highlights.get("argus-found-now") ?? [];
    if (!(range instanceof Range)) {
      return "no mark";
    }
    const { top, bottom } = range.getBoundingClientRect();
    const frame = document.querySelector("[role=feed]")?.getBoundingClientRect();
    const isSeen = frame !== undefined && top >= frame.top && bottom <= frame.bottom;
    return `${range.toString()} ${isSeen ? "in sight" : "out of sight"}`;
  });
}

const runs = (page: Page) => transcript(page).locator(".run-line");
const mode = (page: Page, name: string) => page.getByRole("radio", { name, exact: true });

test("modes stand in the address, change by key, and are kept from step to step", async ({ page }) => {
  await page.goto(sessionPath(STORY));
  await expect(mode(page, "Full")).toBeChecked();
  await expect(transcript(page)).toContainText("I will compare INV-2041 with the ledger first.");

  await page.keyboard.press("m");
  await expect(page).toHaveURL(/\?mode=skim$/);
  await expect(runs(page).first()).toBeVisible();
  await expect(transcript(page), "what was said stands").toContainText("I will compare INV-2041");
  await expect(transcript(page), "errors are never folded").toContainText("exit code 1");

  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(page).toHaveURL(/\/steps\/.*\?mode=skim$/);
  await page.keyboard.press("]");
  await expect(page).toHaveURL(/\?mode=skim$/);

  await page.keyboard.press("m");
  await expect(mode(page, "Focus")).toBeChecked();
  await expect(page).toHaveURL(/\?mode=focus$/);
  await expect(transcript(page)).not.toContainText("I will compare INV-2041");
  await page.reload();
  await expect(mode(page, "Focus")).toBeChecked();

  await page.keyboard.press("m");
  await expect(page).toHaveURL(/\?mode=raw$/);
  await expect(transcript(page).locator(".raw-json").first()).toContainText('"kind":');
  await page.keyboard.press("m");
  await expect(page).not.toHaveURL(/mode=/);
});

test("a run of calls is one line that opens, and nothing above it moves", async ({ page, made: _ }) => {
  await page.goto(`${sessionPath(DEEP)}?mode=skim`);
  const run = runs(page).first();
  await expect(run).toHaveText(/4 calls: Read ×3, Bash1 thought/);
  await expect(transcript(page)).not.toContainText("nothing in 1");
  const before = await run.boundingBox();
  await run.click();
  await expect(run).toHaveAttribute("aria-expanded", "true");
  await expect(transcript(page)).toContainText("nothing in 1");
  expect((await run.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);

  // By keyboard: j stops at the folded run, Enter opens it, Z folds it from within.
  await run.click();
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(chosenStep(page)).toContainText("4 calls");
  await transcript(page).focus();
  await page.keyboard.press("Enter");
  await expect(transcript(page)).toContainText("nothing in 1");
  await page.keyboard.press("j");
  await expect(chosenStep(page)).toContainText(/Read|nothing in/);
  await page.keyboard.press("Z");
  await expect(transcript(page)).not.toContainText("nothing in 1");
  await expect(chosenStep(page)).toContainText("4 calls");
});

test("a step that an address names stands open, whatever it is folded into", async ({ page, made }) => {
  const { items } = await made.owner.get<{
    items: { turn_id: string; step: { id: string; tool?: { output: string } } }[];
  }>(`/workspaces/default/sessions/${DEEP}/steps?limit=100`);
  const named = items.find(({ step }) => step.tool?.output === "nothing in 1");
  const path = `${sessionPath(DEEP)}/turns/${named?.turn_id}/steps/${encodeURIComponent(named?.step.id ?? "")}`;
  await page.goto(`${path}?mode=focus`);
  await expect(chosenStep(page)).toContainText("nothing in 1");
  await expect(chosenStep(page)).toBeInViewport();
});

test("changing the mode of ten thousand steps leaves the reader where they were", async ({
  page,
  huge: _,
}) => {
  test.setTimeout(90_000);
  await page.goto(sessionPath(HUGE));
  const outline = page.getByRole("navigation", { name: "Turns" });
  await expect(transcript(page).getByText("Turn 1: look through the next part.")).toBeInViewport();
  await outline.press("End");
  await outline.getByRole("link", { name: /Turn 50:/ }).click();
  await expect(transcript(page).getByText("Turn 50: look through the next part.")).toBeInViewport();
  for (const name of ["Skim", "Focus", "Full"]) {
    await page.keyboard.press("m");
    if (name === "Full") {
      await page.keyboard.press("m");
    }
    await expect(mode(page, name)).toBeChecked();
    await expect(transcript(page).getByText("Turn 50: look through the next part.")).toBeInViewport();
    await expect(transcript(page).locator(".skeleton")).toHaveCount(0);
    expect(await page.locator("*").count()).toBeLessThan(6_000);
  }
});

test("a session is played step by step, with keys alone", async ({ page, made: _ }) => {
  await page.goto(sessionPath(DEEP));
  await expect(transcript(page)).toContainText("You are welcome.");
  await page.keyboard.press("p");
  const bar = page.getByRole("region", { name: "Playback" });
  await expect(bar).toBeVisible();
  await expect(transcript(page)).not.toContainText("You are welcome.");
  await page.keyboard.press("Space");
  await expect(bar.getByRole("button", { name: "Play" })).toBeVisible();
  const place = () => bar.getByRole("slider", { name: "Step" }).inputValue();
  const paused = await place();
  await page.keyboard.press("ArrowRight");
  await expect.poll(place).not.toBe(paused);
  const further = Number(await place());
  await page.keyboard.press("ArrowLeft");
  await expect.poll(async () => Number(await place())).toBeLessThan(further);
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await expect(bar.getByRole("radio", { name: "4×" })).toBeChecked();
  await page.keyboard.press("Space");
  await expect(transcript(page).getByText("You are welcome.")).toBeInViewport({ timeout: 20_000 });
  await expect(bar.getByRole("button", { name: "Play" })).toBeDisabled();
  // What is judged is the turn that was played last.
  const judging = page.getByRole("region", { name: "Judging" });
  await expect(judging).toContainText(/^Turn \d+/);
  const played = /^Turn \d+/.exec((await judging.textContent()) ?? "")?.[0] ?? "";
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
  await expect(page).toHaveURL(/\/steps\//);
  await expect(judging).toContainText(played);
  await expect(transcript(page).getByText("You are welcome.")).toBeAttached();
});

test("what is found in a session is gone through by key, opened, marked, and stands in the address", async ({
  page,
  made,
}) => {
  await indexed(made);
  await page.goto(`${sessionPath(DEEP)}?mode=skim`);
  await expect(runs(page).first()).toBeVisible();
  await expect(transcript(page)).not.toContainText("quokka");
  await page.keyboard.press("/");
  const field = page.getByRole("searchbox", { name: "Find in the session" });
  await expect(field).toBeFocused();
  await page.keyboard.type("quokka");
  const found = page.getByRole("search", { name: "Find in the session" });
  await expect(found.getByRole("status")).toHaveText("2 steps");
  await expect(page).toHaveURL(/mode=skim&find=quokka$/);
  // Neither the run nor the folds within its steps hide what was found.
  await expect(transcript(page)).toContainText("Perhaps a quokka was meant.");
  await expect(transcript(page)).toContainText("here is the quokka in the middle");

  await page.keyboard.press("Enter");
  await expect(found.getByRole("status")).toHaveText("1 of 2");
  await expect(chosenStep(page)).toContainText("Perhaps a quokka was meant.");
  await page.keyboard.press("Enter");
  await expect(found.getByRole("status")).toHaveText("2 of 2");
  await expect(found).toContainText("here is the quokka");
  await expect.poll(() => firstMark(page)).toBe("quokka in sight");
  await page.keyboard.press("Enter");
  await expect(found.getByRole("status")).toHaveText("1 of 2");
  await page.keyboard.press("Shift+Enter");
  await expect(found.getByRole("status")).toHaveText("2 of 2");

  await page.reload();
  await expect(field).toHaveValue("quokka");
  await expect(transcript(page)).toContainText("here is the quokka in the middle");
  await page.keyboard.press("<");
  await expect(found.getByRole("status")).toHaveText(/1 of 2|2 of 2/);
  await field.fill("nothing of the kind");
  await expect(found.getByRole("status")).toHaveText("Not found");
  await field.press("Escape");
  await expect(found).toBeHidden();
  await expect(page).not.toHaveURL(/find=/);
  await expect(transcript(page)).toBeFocused();
});

test("what came since the last look is marked", async ({ page, library }) => {
  const session = "00000000-0000-4000-8000-0000000a5000";
  const live = new Transcript(session);
  for (let turn = 0; turn < 12; turn++) {
    live.prompt(`Question ${turn}`).text(`Answer ${turn}\n\n${"A line of it.\n\n".repeat(4)}`);
  }
  await library.take("demo", live);
  const sent = live.envelopes.length;
  const noted = page.waitForResponse((answer) => answer.url().includes("limit=1&"));
  await page.goto(sessionPath(session));
  await expect(transcript(page)).toContainText("Answer 0");
  await noted;
  await expect.poll(() => page.evaluate(() => localStorage.getItem("argus.looked"))).toContain(session);
  await expect(transcript(page).getByText("New since you looked")).toBeHidden();

  await page.goto("/account");
  live.prompt("Later question").text("Later answer");
  await library.send("/v1/envelopes", "demo", { envelopes: live.envelopes.slice(sent) });
  await page.goto(sessionPath(session));
  const pill = page.getByRole("button", { name: /^\d+ new steps?/ });
  await expect(pill).toBeVisible();
  await page.keyboard.press("n");
  await expect(transcript(page).getByText("New since you looked")).toBeInViewport();
  await expect(transcript(page).getByText("Later answer")).toBeInViewport();
  await expect(pill).toBeHidden();

  await expect
    .poll(async () => {
      await page.reload();
      await expect(transcript(page)).toContainText("Answer 0");
      return await page.getByRole("button", { name: /^\d+ new steps?/ }).count();
    })
    .toBe(0);
});

test("changes stand side by side where that is chosen", async ({ page }) => {
  await page.goto(sessionPath(TOOLS));
  // A new file has nothing beside it: one that was changed is looked at.
  const change = transcript(page).getByRole("table").filter({ hasText: 'return "Hi," + name' });
  await transcript(page).focus();
  for (let steps = 0; steps < 40 && !(await change.isVisible()); steps++) {
    await page.keyboard.press("j");
    await expect(chosenStep(page)).toBeInViewport();
  }
  await expect(change).not.toHaveClass(/diff-split/);
  await page.keyboard.press("d");
  await expect(change).toHaveClass(/diff-split/);
  await page.reload();
  await expect(change).toHaveClass(/diff-split/);
  await page.keyboard.press("d");
  await expect(transcript(page).locator(".diff-split")).toHaveCount(0);
});

test("a key is changed where keys are listed, and works from then on", async ({ page }) => {
  await page.goto("/account");
  const keyboard = page.locator("#keyboard");
  await keyboard.getByRole("button", { name: "Change the key: Next step" }).first().press("Enter");
  const dialog = page.getByRole("dialog", { name: /Next step/ });
  await expect(dialog.getByLabel("New key")).toBeFocused();
  await page.keyboard.press("e");
  await expect(dialog.getByRole("status")).toContainText("“Next error”");
  await page.keyboard.press("F5");
  await expect(dialog.getByRole("status")).toContainText("kept for the browser");
  await expect(dialog.getByLabel("New key")).toHaveValue("e");
  await page.keyboard.press("x");
  await expect(dialog.getByRole("status")).toHaveText("");
  await dialog.getByRole("button", { name: "Use it", exact: true }).press("Enter");
  await expect(dialog).toBeHidden();

  await page.goto(sessionPath(FAILURES));
  await expect(transcript(page)).toContainText("exit code 3");
  await page.keyboard.press("j");
  await expect(chosenStep(page)).toHaveCount(0);
  await page.keyboard.press("x");
  await expect(chosenStep(page)).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toContainText("x");
  await page.keyboard.press("Escape");

  await page.goto("/account");
  await page.getByRole("switch", { name: "Keys that are single characters" }).press("Space");
  await page.goto(sessionPath(FAILURES));
  await expect(transcript(page)).toContainText("exit code 3");
  await page.keyboard.press("x");
  await page.keyboard.press("e");
  await expect(chosenStep(page)).toHaveCount(0);

  await page.goto("/account");
  await page.getByRole("switch", { name: "Keys that are single characters" }).press("Space");
  await page.getByRole("button", { name: "All keys as they came" }).press("Enter");
  await expect(page.getByRole("button", { name: "All keys as they came" })).toBeHidden();
});

/** What is new on the pages, and how one gets there. */
const SURFACES: Record<string, (page: Page) => Promise<void>> = {
  skim: async (page) => {
    await page.goto(`${sessionPath(STORY)}?mode=skim`);
    await expect(runs(page).first()).toBeVisible();
  },
  focus: async (page) => {
    await page.goto(`${sessionPath(STORY)}?mode=focus`);
    await expect(runs(page).first()).toBeVisible();
    await page.keyboard.press("j");
  },
  raw: async (page) => {
    await page.goto(`${sessionPath(STORY)}?mode=raw`);
    await expect(transcript(page).locator(".raw-json").first()).toBeVisible();
  },
  playback: async (page) => {
    await page.goto(sessionPath(STORY));
    await expect(transcript(page).getByRole("article").nth(3)).toBeVisible();
    await page.keyboard.press("p");
    await page.keyboard.press("Space");
    await expect(page.getByRole("region", { name: "Playback" })).toBeVisible();
    // While a step comes its text is still on its way to its contrast.
    await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  },
  find: async (page) => {
    await page.goto(`${sessionPath(STORY)}?find=invoice`);
    const field = page.getByRole("searchbox", { name: "Find in the session" });
    await expect(page.getByRole("search").getByRole("status")).toContainText("steps");
    await field.press("Enter");
    await expect(page.getByRole("search")).toContainText("invoice");
  },
  keys: async (page) => {
    await page.goto("/account#keyboard");
    await expect(page.getByRole("heading", { name: "Keyboard" })).toBeVisible();
  },
  "a key that is changed": async (page) => {
    await page.goto("/account");
    await page.getByRole("button", { name: "Change the key: Next step" }).first().click();
    await page.keyboard.press("e");
    await expect(page.getByRole("dialog")).toContainText("Taken");
  },
};

for (const [name, open] of Object.entries(SURFACES)) {
  test(`${name}: for everybody, in both themes, in a narrow window`, async ({ page }) => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await open(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 780 });
    await expectNoSidewaysScroll(page);
  });
}

test("hostile text is harmless in every mode", async ({ page, library }) => {
  test.setTimeout(240_000);
  const corpus = readCorpus();
  // One of each kind, with another number than where all of them are read in full.
  const some = [...new Map(corpus.map((each) => [each.expect, each] as const)).values()];
  const sessions = some.map((hostile: Hostile, number) => hostileSession(hostile, 900_000 + number));
  await library.take("hostile", ...sessions.map(({ transcript: told }) => told));
  const faults: string[] = [];
  for (const [number, hostile] of some.entries()) {
    const session = sessions[number]?.transcript.session ?? "";
    const words = /[A-Za-z]{3,20}/.exec(hostile.text)?.[0] ?? "x";
    for (const how of ["mode=skim", "mode=focus", "mode=raw", `find=${words}`]) {
      await page.goto(`${sessionPath(session)}?${how}`);
      await expect(transcript(page).getByRole("article").last(), `${hostile.id}, ${how}`).toBeAttached();
      await expect(page.locator(".skeleton")).toHaveCount(0);
      const found = await page.evaluate(faultsOnPage);
      faults.push(...found.map((fault) => `${hostile.id}, ${how}: ${fault}`));
    }
  }
  expect(faults).toEqual([]);
});

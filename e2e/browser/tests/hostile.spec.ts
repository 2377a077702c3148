import type { CDPSession, Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { type Hostile, hostileSession, readCorpus } from "../harness/hostile.ts";
import { faultsOnPage } from "../harness/inspection.ts";
import { Library } from "../harness/library.ts";
import {
  chosenStep,
  expectNoSidewaysScroll,
  inspector,
  openList,
  row,
  rows,
  sessionPath,
  transcript,
} from "../harness/pages.ts";
import { logsRequest } from "../harness/telemetry.ts";

/** Parts of the corpus, so that two workers share it. */
const PARTS = 4;
const SECONDS_MAX = 1;
const STEPS_PLAYED = 4;
const PLAYBACK_HEIGHT_MAX = 64;
const COMMON = { width: 1440, height: 900 };
/** Everything of a session is in the page at once. */
const TALL = { width: 1440, height: 12_000 };
/** Their letters need not be seen, and are no words. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
const SEQUENCES = /\x1b(\[[0-?]*[ -/]*[@-~]|[ -/]*[0-~])/g;

const SAFE_ATTACHMENT = /^attachment; filename="[\w-][\w.-]*"$/;
/** What is hard to have in an address. */
const ODD_AS_ID = new Set(["safe-name", "one-line", "no-link", "visible-controls"]);

const corpus = readCorpus();

const test = base.extend<object, { library: Library }>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      const sessions = corpus.map(hostileSession);
      await library.take("hostile", ...sessions.map(({ transcript }) => transcript));
      const records = sessions.flatMap(({ records }) => records);
      await library.send("/v1/logs", "hostile", logsRequest(records));
      await use(library);
      await library.close();
    },
    { scope: "worker", timeout: 240_000 },
  ],
});

// What is drawn small costs little.
test.use({ deviceScaleFactor: 0.2 });
test.describe.configure({ mode: "parallel", timeout: 240_000 });

for (let part = 0; part < PARTS; part++) {
  test(`replays of hostile sessions show their text and nothing comes of it, part ${part + 1}`, async ({
    page,
  }) => {
    const faults: string[] = [];
    for (const [number, hostile] of corpus.entries()) {
      if (number % PARTS === part) {
        const { session } = hostileSession(hostile, number).transcript;
        for (const fault of await faultsOfReplay(page, session, hostile)) {
          faults.push(`${hostile.id}: ${fault}`);
        }
      }
    }
    expect(faults).toEqual([]);
  });
}

test("a list of hostile sessions shows their text and nothing comes of it", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 4_000 });
  await openList(page);
  const faults = new Set<string>();
  for (let left = 1; left > 0; ) {
    for (const fault of await page.evaluate(faultsOnPage)) {
      faults.add(fault);
    }
    left = await page.evaluate(() => {
      window.scrollBy(0, window.innerHeight / 2);
      return document.documentElement.scrollHeight - window.scrollY - window.innerHeight;
    });
  }
  await expect(row(page, hostileSession(corpus[0] as Hostile, 0).transcript.session)).toBeVisible();
  expect([...faults]).toEqual([]);
});

test("a hostile name is chosen as a filter and found", async ({ page }) => {
  await openList(page);
  for (const facet of ["skill", "model", "user", "tool", "mcp"]) {
    await page.getByRole("button", { name: "Add a filter" }).click();
    await page
      .getByRole("button", { name: new RegExp(`^${facet}`) })
      .first()
      .click();
    const values = page.locator(".facet-panel .facet-item");
    await expect(values.first()).toBeVisible();
    expect(await page.evaluate(faultsOnPage)).toEqual([]);
    await values.last().click();
    await expect(page).toHaveURL(new RegExp(`filter=${facet}`));
    await expect(rows(page).first()).toBeVisible();
    await page.getByRole("button", { name: new RegExp(`^Remove: ${facet}`) }).click();
    await expect(page).not.toHaveURL(/filter/);
  }
});

test("hostile sessions that are played, with the map of keys and the palette over them, show their text only", async ({
  page,
}) => {
  const faults = new Set<string>();
  for (const [number, hostile] of corpus.entries()) {
    for (const fault of await faultsOfPlayed(page, hostileSession(hostile, number).transcript.session)) {
      faults.add(`${hostile.id}: ${fault}`);
    }
  }
  expect([...faults]).toEqual([]);
});

/** Plays a session, step by step from its beginning, and opens what can be opened over it. */
async function faultsOfPlayed(page: Page, session: string): Promise<string[]> {
  await page.setViewportSize(COMMON);
  await page.goto(sessionPath(session));
  await expect(transcript(page).getByRole("article").first()).toBeAttached();
  const playback = page.getByRole("region", { name: "Playback" });
  await page.keyboard.press("p");
  await page.keyboard.press("Space");
  await expect(playback.getByRole("button", { name: "Play" })).toBeVisible();
  const faults: string[] = [];
  const look = async (what: string) => {
    for (const fault of await page.evaluate(faultsOnPage)) {
      faults.push(`${what}: ${fault}`);
    }
    await expectNoSidewaysScroll(page);
    const { height = 0, y = 0 } = (await playback.boundingBox()) ?? {};
    if (height > PLAYBACK_HEIGHT_MAX || y + height > COMMON.height) {
      faults.push(`${what}: the playback's bar is ${height} high at ${y}`);
    }
  };
  for (let step = 0; step < STEPS_PLAYED; step++) {
    await page.keyboard.press("ArrowRight");
  }
  await look("played");
  for (const [keys, name] of [
    ["?", "Keyboard"],
    ["Control+k", "Find and do anything"],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await look(name);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog", { name })).toBeHidden();
  }
  await page.keyboard.press("Escape");
  await expect(playback).toBeHidden();
  return faults;
}

/** Opens a session, looks at everything, then at the step whose very id is hostile. */
async function faultsOfReplay(page: Page, session: string, hostile: Hostile): Promise<string[]> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.setViewportSize(hostile.expect === "bounded" ? COMMON : TALL);
  await page.goto(sessionPath(session));
  await expect(transcript(page).getByRole("article").last()).toBeAttached();
  await expect(page.locator(".skeleton")).toHaveCount(0);
  const seconds = await secondsOf(cdp);
  await cdp.detach();
  const faults = await page.evaluate(faultsOnPage);
  if (seconds > SECONDS_MAX) {
    faults.push(`to show it took ${seconds.toFixed(1)} s`);
  }
  faults.push(...(await wordsMissing(page, hostile)));
  if (hostile.expect !== "bounded") {
    faults.push(...(await faultsOfChosen(page, session, hostile)));
  }
  return faults;
}

/** Chooses the step whose id is hostile: its address leads back to it, and what is downloaded is a harmless file. */
async function faultsOfChosen(
  page: Page,
  session: string,
  { text, expect: expected }: Hostile,
): Promise<string[]> {
  await transcript(page).getByText("true", { exact: true }).last().click();
  await expect(chosenStep(page)).toBeAttached();
  await expect(inspector(page)).toContainText("Contents");
  const faults = await page.evaluate(faultsOnPage);
  const address = new URL(page.url()).pathname;
  if (!address.startsWith(`${sessionPath(session)}/turns/`) || address.split("/").length !== 9) {
    faults.push(`the address of the step is ${address}`);
  }
  const href = await inspector(page).getByRole("link", { name: "Download" }).last().getAttribute("href");
  const answer = await page.request.get(href ?? "");
  const { "content-disposition": disposition, "content-type": type } = answer.headers();
  if (answer.status() !== 200 || (await answer.text()) !== text.toWellFormed()) {
    faults.push(`the download is answered ${answer.status()}: ${(await answer.text()).slice(0, 80)}`);
  }
  if (type !== "application/octet-stream" || !SAFE_ATTACHMENT.test(disposition ?? "")) {
    faults.push(`the download is ${type}, ${disposition}`);
  }
  if (ODD_AS_ID.has(expected)) {
    const place = await chosenStep(page).getAttribute("aria-posinset");
    await page.reload();
    await expect(chosenStep(page)).toBeAttached();
    if ((await chosenStep(page).getAttribute("aria-posinset")) !== place) {
      faults.push("the address of the step leads to another");
    }
  }
  return faults;
}

/** How long the page was at work: script, style and layout. */
async function secondsOf(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  const work = metrics.filter(({ name }) =>
    ["ScriptDuration", "LayoutDuration", "RecalcStyleDuration"].includes(name),
  );
  return work.reduce((sum, { value }) => sum + value, 0);
}

/** Words of the text that some step should show and does not. */
async function wordsMissing(page: Page, { text }: Hostile): Promise<string[]> {
  const words =
    text
      .replaceAll(SEQUENCES, " ")
      .slice(0, 200)
      .match(/\b[A-Za-z]{3,40}\b/g) ?? [];
  return await transcript(page)
    .getByRole("article")
    .evaluateAll(
      (articles, words) =>
        articles.flatMap((article) => {
          const shown = article.textContent ?? "";
          // Thoughts are folded, requests have a line only, and headings of turns are no steps.
          if (!article.ariaPosInSet || article.querySelector(".step-thinking, .step-model_request")) {
            return [];
          }
          const missing = words.filter((word) => !shown.includes(word));
          return missing.length > 0 ? [`${missing.join(" ")} missing in: ${shown.slice(0, 100)}`] : [];
        }),
      words,
    );
}

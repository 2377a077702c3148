/**
 * Measures the UI in a traced Chromium: prints one line of JSON. `cargo xtask bench` makes the data and starts the server.
 *
 * ARGUS_URL: a server's address; ARGUS_LINK: its set-up link; ARGUS_HUGE: id of a session of many steps; ARGUS_LARGE: of one of many
 * megabytes; ARGUS_RARE, ARGUS_COMMON: a word in a few steps of the first, and one in most; ARGUS_CHROMIUM: the browser.
 */
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from "@playwright/test";
import { CHROMIUM_ARGUMENTS } from "../harness/chromium.ts";
import { chromiumBinary } from "../harness/environment.ts";
import { readTrace } from "./trace.ts";

const LOADS = 7;
const LIST = "/w/default/sessions";
const LIST_ROW = ".session-row";
const STEP_ROW = "[role=feed] [data-index]";

const url = needed("ARGUS_URL");
const session = `${LIST}/${needed("ARGUS_HUGE")}`;
const large = `${LIST}/${needed("ARGUS_LARGE")}`;
const cookie = await signIn(needed("ARGUS_LINK"));
const browser = await chromium.launch({ executablePath: chromiumBinary(), args: CHROMIUM_ARGUMENTS });
try {
  const measured = {
    list_first_rows_ms: await loads(LIST, LIST_ROW),
    list_from_within_ms: await openings(),
    first_screen_ms: await loads(session, STEP_ROW),
    large_first_screen_ms: await loads(large, STEP_ROW),
    jump_ms: await jumps(session),
    large_jump_ms: await jumps(large),
    find_rare_ms: await finds(needed("ARGUS_RARE")),
    find_common_ms: await finds(needed("ARGUS_COMMON")),
    ...(await scrolled()),
    first_page_js_gzip_kb: await scriptSize(),
  };
  process.stdout.write(`${JSON.stringify(measured)}\n`);
} finally {
  await browser.close();
}

function needed(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set`);
  }
  return value;
}

/** Makes the owner by the set-up link; the token of the cookie. */
async function signIn(link: string): Promise<string> {
  const token = new URL(link).hash.slice(1);
  const answer = await fetch(`${url}/api/v1/links/accept`, {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", origin: url },
    body: JSON.stringify({
      token,
      name: "Bench",
      email: "bench@localhost.localdomain",
      password: "measure, then cut",
    }),
  });
  const set = /__Host-argus=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1];
  if (!set) {
    throw new Error(`the set-up link was not taken: ${answer.status} ${await answer.text()}`);
  }
  return set;
}

async function signedIn(from: Browser): Promise<BrowserContext> {
  const context = await from.newContext({ viewport: { width: 1440, height: 900 } });
  await context.addCookies([
    {
      name: "__Host-argus",
      value: cookie,
      domain: new URL(url).hostname,
      path: "/",
      httpOnly: true,
      secure: true,
      sameSite: "Lax",
    },
  ]);
  return context;
}

/** From navigation to the first rows painted, in a browser with an empty cache, several times. */
async function loads(path: string, row: string): Promise<number[]> {
  const times: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const context = await signedIn(browser);
    const page = await context.newPage();
    await page.addInitScript({ content: note(isThere(row)) });
    await page.goto(url + path);
    times.push(await noted(page));
    await context.close();
  }
  return times;
}

/** From the click on its link to the first rows painted, in a page that is open already. */
async function openings(): Promise<number[]> {
  const context = await signedIn(browser);
  const page = await context.newPage();
  const times: number[] = [];
  for (let opening = 0; opening < LOADS; opening += 1) {
    await page.goto(`${url}/account`);
    await page.getByRole("link", { name: "Sessions" }).first().waitFor();
    await page.evaluate(note(isThere(LIST_ROW)));
    const from = await page.evaluate(() => {
      const link = [...document.querySelectorAll("a")].find((a) => a.textContent?.trim() === "Sessions");
      link?.click();
      return performance.now();
    });
    times.push((await noted(page)) - from);
  }
  await context.close();
  return times;
}

/** From the click on its last turn in the outline to that turn's rows painted, in an open session. */
async function jumps(path: string): Promise<number[]> {
  const context = await signedIn(browser);
  const page = await context.newPage();
  const times: number[] = [];
  for (let jump = 0; jump < LOADS; jump += 1) {
    await page.goto(url + path);
    await page.waitForSelector(STEP_ROW);
    const outline = page.getByRole("navigation", { name: "Turns" });
    await outline.press("End");
    await page.waitForFunction(() => {
      const turns = document.querySelector(".outline");
      return turns && turns.scrollTop + turns.clientHeight >= turns.scrollHeight - 1;
    });
    const last = outline.getByRole("link").last();
    await last.waitFor();
    // Rows far from the first, all of them filled in.
    await page.evaluate(
      note(`[...document.querySelectorAll(${JSON.stringify(STEP_ROW)})].every((row) => row.dataset.index > 100)
        && ${isThere(STEP_ROW)} && !${isThere("[role=feed] .skeleton")}`),
    );
    const from = await last.evaluate((link) => {
      (link as HTMLElement).click();
      return performance.now();
    });
    times.push((await noted(page)) - from);
  }
  await context.close();
  return times;
}

/** From a word put into the field to the number of its hits painted, in the session of many steps. */
async function finds(word: string): Promise<number[]> {
  const context = await signedIn(browser);
  const page = await context.newPage();
  const times: number[] = [];
  for (let found = 0; found < LOADS; found += 1) {
    await page.goto(url + session);
    await page.waitForSelector(STEP_ROW);
    await page.keyboard.press("/");
    const field = page.getByRole("searchbox", { name: "Find in the session" });
    await field.waitFor();
    await page.evaluate(note(`/\\d/.test(document.querySelector(".find [role=status]")?.textContent ?? "")`));
    const from = await page.evaluate(() => performance.now());
    await field.fill(word);
    times.push((await noted(page)) - from);
  }
  await context.close();
  return times;
}

function isThere(selector: string): string {
  return `document.querySelector(${JSON.stringify(selector)})`;
}

/** A script of the page that notes when a condition holds, as text: what a compiler adds to a function is not there. */
function note(condition: string): string {
  // The frame after it holds is the one that shows it.
  return `(function look() {
    if (${condition}) {
      requestAnimationFrame(() => { globalThis.notedAt = performance.now(); });
    } else {
      requestAnimationFrame(look);
    }
  })();`;
}

/** When the condition held that was to be noted, by the page's clock. */
async function noted(page: Page): Promise<number> {
  const at = await page.waitForFunction(() => Reflect.get(globalThis, "notedAt"));
  await page.evaluate(() => Reflect.deleteProperty(globalThis, "notedAt"));
  return Number(await at.jsonValue());
}

async function scrolled() {
  const context = await signedIn(browser);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await page.goto(url + LIST);
  await page.waitForSelector(LIST_ROW);
  const list = await traced(page, () => scroll(devtools, 30_000, 3_000));
  await page.goto(url + session);
  await page.waitForSelector(STEP_ROW);
  const before = await heapMegabytes(devtools);
  const reading = await traced(page, () => scroll(devtools, 45_000, 3_000));
  let nodes = 0;
  // Through all of it: what was passed must not stay.
  for (let stretch = 0; stretch < 10; stretch += 1) {
    await scroll(devtools, 200_000, 40_000);
    await devtools.send("HeapProfiler.collectGarbage");
    nodes = Math.max(nodes, (await devtools.send("Memory.getDOMCounters")).nodes);
  }
  const after = await heapMegabytes(devtools);
  await context.close();
  return {
    scroll_frame_ms: reading.frames,
    list_scroll_frame_ms: list.frames,
    longest_task_ms: Math.max(reading.longestTaskMs, list.longestTaskMs),
    heap_mb: { before, after },
    dom_nodes_max: nodes,
  };
}

async function traced(page: Page, act: () => Promise<void>) {
  const categories = ["devtools.timeline", "toplevel", "disabled-by-default-devtools.timeline", "v8"];
  await browser.startTracing(page, { categories });
  await act();
  return readTrace((await browser.stopTracing()).toString("utf8"));
}

/** Scrolls down as a finger would, so many pixels at so many a second. */
async function scroll(devtools: CDPSession, pixels: number, speed: number): Promise<void> {
  await devtools.send("Input.synthesizeScrollGesture", {
    x: 620,
    y: 500,
    yDistance: -pixels,
    speed,
    preventFling: true,
    gestureSourceType: "mouse",
  });
}

async function heapMegabytes(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return usedSize / 1_000_000;
}

/** Kilobytes of script that the first page loads, as sent. */
async function scriptSize(): Promise<number> {
  const context = await signedIn(browser);
  const page = await context.newPage();
  const sizes: Promise<number>[] = [];
  page.on("requestfinished", (request) => {
    if (request.resourceType() === "script") {
      sizes.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    }
  });
  await page.goto(url + LIST);
  await page.waitForSelector(LIST_ROW);
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  await context.close();
  return total / 1_000;
}

/** What leaves as a file: it opens from the disk, without a server, and nothing comes of what it holds. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { Argus } from "../harness/argus.ts";
import { test as base, expect } from "../harness/fixture.ts";
import { hostileSession, readCorpus } from "../harness/hostile.ts";
import { faultsOnPage } from "../harness/inspection.ts";
import { expectNoSidewaysScroll, sessionPath } from "../harness/pages.ts";
import { picture } from "../harness/picture.ts";
import { TOOLS } from "../harness/sessions.ts";

const test = base.extend<{ folder: string }>({
  folder: async ({ library: _library }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), "argus-export-"));
    await use(folder);
    await rm(folder, { recursive: true });
  },
});

/** Opens a file as a person does who was sent it; what it asks for beside itself is a fault. */
async function openFile(page: Page, file: string): Promise<string[]> {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => asked.push(`console: ${message.text()}`));
  await page.goto(pathToFileURL(file).href);
  return asked.filter((url) => !url.startsWith("file:") && !url.startsWith("data:"));
}

test("the session's page saves it in each format, and the replay opens from the disk", async ({
  page,
  folder,
  browser,
}) => {
  await page.goto(sessionPath(TOOLS));
  const names: string[] = [];
  for (const item of ["Replay, one HTML file", "Markdown", "Document, JSON lines", "Steps, CSV"]) {
    await page.getByRole("button", { name: "Share and export" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name: item }).click();
    const saved = await download;
    names.push(saved.suggestedFilename());
    await saved.saveAs(path.join(folder, saved.suggestedFilename()));
  }
  const [replay, markdown, documents, steps] = names as [string, string, string, string];
  expect([replay.endsWith(".html"), markdown.endsWith(".md")]).toEqual([true, true]);
  expect([documents, steps]).toEqual(["argus-sessions.jsonl", "argus-steps.csv"]);
  const text = await readFile(path.join(folder, replay), "utf8");
  expect(text).not.toMatch(/<script|<link|<iframe|@import|url\(/i);

  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  const opened = await context.newPage();
  expect(await openFile(opened, path.join(folder, replay))).toEqual([]);
  await expect(opened.getByRole("heading", { level: 1 })).toContainText("Please prepare the release");
  await opened.getByRole("navigation", { name: "Turns" }).getByRole("link").first().click();
  await expect(opened).toHaveURL(/#turn-1$/);
  const call = opened.locator("details.tool").first();
  await call.locator("summary").press("Enter");
  await expect(call.getByText("Output", { exact: true })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await opened.emulateMedia({ colorScheme });
    await picture(opened, `export-${colorScheme}`);
    expect((await new AxeBuilder({ page: opened }).analyze()).violations).toEqual([]);
  }
  await opened.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(opened);
  await picture(opened, "export-narrow");
  await context.close();
});

test("hostile sessions as files show their text and nothing comes of it", async ({ folder, browser }) => {
  test.setTimeout(240_000);
  const argus = await Argus.make();
  const server = await argus.serve();
  const corpus = readCorpus();
  const { Person } = await import("../harness/people.ts");
  await Person.owner(server);
  const sessions = corpus.map(hostileSession);
  const key = await argus.ingestKey("hostile");
  const envelopes = sessions.flatMap(({ transcript }) => transcript.envelopes);
  for (let from = 0; from < envelopes.length; from += 5_000) {
    const answer = await fetch(`${server.url}/v1/envelopes`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
      body: JSON.stringify({ envelopes: envelopes.slice(from, from + 5_000) }),
    });
    expect(answer.ok).toBe(true);
  }
  await server.readable();
  const out = path.join(folder, "hostile");
  await argus.run("export", "--format", "html", "--query", "", "--out", out);
  await argus.run("export", "--format", "md", "--query", "", "--out", path.join(folder, "md"));
  const table = path.join(folder, "steps.csv");
  await argus.run("export", "--format", "csv", "--table", "steps", "--query", "", "--out", table);
  await server.stop();
  await argus.remove();

  // No cell begins as a formula does.
  const formulas = cellsOf(await readFile(table, "utf8")).filter((cell) => /^\s*[=+@\t]|^-(?!\d)/.test(cell));
  expect(formulas).toEqual([]);

  const context = await browser.newContext({
    viewport: { width: 1440, height: 4_000 },
    deviceScaleFactor: 0.2,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  for (const [number, hostile] of corpus.entries()) {
    const { session } = hostileSession(hostile, number).transcript;
    const file = path.join(out, `session-${session}.html`);
    for (const asked of await openFile(page, file)) {
      faults.push(`${hostile.id}: asks for ${asked.slice(0, 200)}`);
    }
    await page.evaluate(() => {
      for (const each of document.querySelectorAll("details")) {
        each.open = true;
      }
    });
    const found = await page.evaluate(faultsOnPage);
    // Its only links are those to its own turns.
    faults.push(
      ...found
        .filter((fault) => !/^a link within the site to "\/.*\/hostile\/session-/.test(fault))
        .map((fault) => `${hostile.id}: ${fault}`),
    );
    const links = await page.locator("a").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
    expect(links.every((href) => /^#turn(s|-\d+)$/.test(href ?? ""))).toBe(true);
    page.removeAllListeners();
    const markdown = await readFile(path.join(folder, "md", `session-${session}.md`), "utf8");
    faults.push(...faultsOfMarkdown(markdown).map((fault) => `${hostile.id}: ${fault}`));
  }
  expect(faults).toEqual([]);
  await context.close();
});

/** What stands outside the fences is ours: headings of known words, and names that no markup is made of. */
function faultsOfMarkdown(text: string): string[] {
  const faults: string[] = [];
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    const mark = /^`{3,}/.exec(line)?.[0];
    if (fence === undefined && mark !== undefined) {
      fence = mark;
    } else if (fence !== undefined) {
      if (line === fence) {
        fence = undefined;
      }
    } else if (/(?<!\\)[<[]/.test(line.replaceAll("`[redacted:…]`", ""))) {
      faults.push(`markup outside a fence: ${line.slice(0, 100)}`);
    }
  }
  return fence === undefined ? faults : [...faults, "a fence that does not end"];
}

/** The cells of a table, as RFC 4180 has them. */
function cellsOf(text: string): string[] {
  const cells: string[] = [];
  for (const found of text.matchAll(/(?:^|,|\r\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)) {
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
  }
  return cells;
}

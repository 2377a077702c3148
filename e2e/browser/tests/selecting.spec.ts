import { readFile } from "node:fs/promises";
import type { Download, Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import { openList, row } from "../harness/pages.ts";
import { makeQueue } from "../harness/queues.ts";
import { Transcript } from "../harness/transcript.ts";
import { unzipped } from "../harness/unzip.ts";

const COUNT = 5;
const idOf = (number: number) => `00000000-0000-4000-8000-0000000c${String(number).padStart(4, "0")}`;
const ALL = Array.from({ length: COUNT }, (_, number) => idOf(number));
/** The newest stands first in the list. */
const [OLDEST = "", ...OTHERS] = ALL;
const SELECTED = OTHERS.slice(1);

/** A server of its own: the tests tag sessions and put them into queues. */
const test = base.extend<object, { library: Library }>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      const made = ALL.map((session, number) =>
        new Transcript(session, { startsAt: new Date(Date.UTC(2026, 10, 20, 8 + number)) })
          .prompt(`What was sold in week ${number}?`)
          .text(`Invoice ${number} and nothing else.`),
      );
      await library.take("demo", ...made);
      await use(library);
      await library.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

const bar = (page: Page) => page.getByRole("region", { name: "Selected sessions" });

/** Selects the three newest by key. */
async function selectThree(page: Page): Promise<void> {
  await openList(page);
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowDown");
  await expect(bar(page)).toContainText("3 sessions selected");
}

const tagsOf = async (library: Library, session: string) =>
  (
    await library.owner.get<{ tags: { tag: string }[] }>(`/workspaces/default/sessions/${session}/reviews`)
  ).tags.map(({ tag }) => tag);

test("what is selected is tagged, all of it and nothing else", async ({ page, library }) => {
  await selectThree(page);
  await page.keyboard.press("t");
  await page.keyboard.type("quarter");
  await page.keyboard.press("Enter");
  await expect(bar(page)).toBeHidden();
  for (const session of SELECTED) {
    expect(await tagsOf(library, session)).toEqual(["quarter"]);
  }
  expect(await tagsOf(library, OLDEST)).toEqual([]);
  await openList(page, "?filter=tag:quarter");
  await expect(page.getByRole("checkbox")).toHaveCount(SELECTED.length);
});

test("a tag that is known is completed, and one of several words is one word", async ({ page, library }) => {
  await openList(page);
  await page.getByRole("checkbox").last().check();
  await page.keyboard.press("t");
  const dialog = page.getByRole("dialog", { name: "Tag 1 session" });
  await page.keyboard.type("a b, c");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("alert")).toContainText("letters and digits");
  await dialog.getByRole("combobox").fill("qua");
  await dialog.getByRole("option", { name: "quarter" }).click({ trial: true });
  await page.keyboard.press("Escape");
  await expect(dialog.getByRole("option")).toBeHidden();
  await dialog.getByRole("combobox").fill("quar");
  await expect(dialog.getByRole("option", { name: "quarter" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("combobox")).toHaveValue("quarter");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.keyboard.press("t");
  await page.keyboard.type("Numbers made up");
  await page.keyboard.press("Enter");
  await expect(bar(page)).toBeHidden();
  expect(await tagsOf(library, OLDEST)).toEqual(["numbers-made-up"]);
});

test("what is selected goes into a queue, with the reason why", async ({ page, library }) => {
  await selectThree(page);
  await bar(page).getByRole("button", { name: "Add to a queue …" }).press("Enter");
  const dialog = page.getByRole("dialog", { name: "Add 3 sessions to a queue" });
  await expect(dialog).toContainText("There is no open queue");
  await expect(dialog.getByRole("link", { name: "Make one" })).toHaveAttribute("href", /review\/queues$/);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  // The dialog's Escape is not the list's.
  await expect(bar(page)).toContainText("3 sessions selected");

  const queue = await makeQueue(library.owner, { name: "Quarter" });
  await page.reload();
  await selectThree(page);
  await bar(page).getByRole("button", { name: "Add to a queue …" }).press("Enter");
  await expect(dialog.getByLabel("Queue")).toHaveValue(queue);
  await dialog.getByLabel("Why").focus();
  await page.keyboard.type("Asked by the client");
  await page.keyboard.press("Enter");
  await expect(bar(page)).toBeHidden();
  const { items } = await library.owner.get<{ items: { session: string; reason: { text: string } }[] }>(
    `/workspaces/default/queues/${queue}/items`,
  );
  expect(items.map(({ session }) => session).toSorted()).toEqual(SELECTED);
  expect(new Set(items.map(({ reason }) => reason.text))).toEqual(new Set(["Asked by the client"]));
});

test("what is selected is exported, in each format, and nothing else", async ({ page, library }) => {
  await library.owner.post(`/workspaces/default/sessions/${SELECTED[0]}/verdicts`, {
    verdict: "wrong",
    reason: "=made up",
  });
  await library.owner.post(`/workspaces/default/sessions/${OLDEST}/verdicts`, { verdict: "good" });
  await selectThree(page);
  const exported = async (name: string): Promise<Buffer> => {
    await bar(page).getByRole("button", { name: "Export the selected sessions" }).press("Enter");
    const download = page.waitForEvent("download");
    await page.getByRole("menuitem", { name }).press("Enter");
    return await contentOf(await download);
  };

  for (const [name, ending] of [
    ["Replays, HTML files in a ZIP", "html"],
    ["Markdown files in a ZIP", "md"],
  ] as const) {
    const files = unzipped(await exported(name));
    expect([...files.keys()].toSorted()).toEqual(SELECTED.map((session) => `session-${session}.${ending}`));
    for (const [place, session] of SELECTED.entries()) {
      const text = files.get(`session-${session}.${ending}`);
      expect(text).toContain(`What was sold in week ${place + 2}?`);
      expect(text).toContain(`Invoice ${place + 2} and nothing else.`);
    }
  }
  const lines = (await exported("Document, JSON lines")).toString().trimEnd().split("\n");
  expect(lines).toHaveLength(SELECTED.length);
  for (const [place, session] of SELECTED.toReversed().entries()) {
    expect(lines[place]).toContain(session);
    expect(() => JSON.parse(lines[place] ?? "")).not.toThrow();
  }
  for (const name of ["Turns, CSV", "Steps, CSV"]) {
    const table = (await exported(name)).toString();
    for (const session of ALL) {
      expect(table.includes(session), `${name}, ${session}`).toBe(SELECTED.includes(session));
    }
  }
  const verdicts = (await exported("Verdicts, CSV")).toString();
  expect(verdicts).toContain(SELECTED[0]);
  expect(verdicts, "no formula").toContain("'=made up");
  expect(verdicts).not.toContain(OLDEST);
  await expect(bar(page), "it stays selected").toContainText("3 sessions selected");
  await expect(row(page, OLDEST)).toBeVisible();
});

async function contentOf(download: Download): Promise<Buffer> {
  expect(await download.failure()).toBeNull();
  return await readFile(await download.path());
}

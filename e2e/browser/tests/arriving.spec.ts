import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import { openList, row, rows, sessionPath, sessionsShown } from "../harness/pages.ts";
import { Transcript } from "../harness/transcript.ts";

const COUNT = 260;
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

function session(number: number): Transcript {
  const startsAt = new Date(Date.parse("2026-11-01T00:00:00Z") + number * 60_000);
  return new Transcript(id(number), { startsAt }).prompt(`Question ${number}`).text(`Answer ${number}`);
}

/** More sessions than one page of the list holds. */
const test = base.extend<object, { library: Library }>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      const envelopes = Array.from({ length: COUNT }, (_, number) => session(number).envelopes).flat();
      await library.send("/v1/envelopes", "many", { envelopes });
      await use(library);
      await library.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test("a long list is loaded as it is scrolled, each session once, and going back finds the place", async ({
  page,
}) => {
  await openList(page);
  const seen = new Set<string>();
  while (!seen.has(id(0))) {
    const before = seen.size;
    for (const shown of await sessionsShown(page)) {
      seen.add(shown);
    }
    await page.mouse.wheel(0, 700);
    await expect
      .poll(async () => (await sessionsShown(page)).some((shown) => !seen.has(shown)) || seen.has(id(0)))
      .toBe(true);
    expect(seen.size).toBeGreaterThan(before);
  }
  expect(seen.size).toBe(COUNT);
  expect(await rows(page).count(), "rows far away are not in the page").toBeLessThan(100);

  await row(page, id(3)).click();
  await expect(page.getByRole("heading", { level: 1, name: "Question 3" })).toBeVisible();
  await page.goBack();
  await expect(row(page, id(3))).toBeInViewport();
});

test("what arrives while one watches is offered, and taken without loading the page again", async ({
  page,
  library,
}) => {
  await openList(page);
  await page.evaluate(() => {
    (window as unknown as { kept: boolean }).kept = true;
  });
  const first = (await sessionsShown(page))[0];
  await library.take("many", session(COUNT + 1));
  await library.take("many", session(COUNT + 2));
  const pill = page.getByRole("button", { name: "2 new sessions" });
  await expect(pill).toBeVisible();
  expect((await sessionsShown(page))[0], "nothing moves by itself").toBe(first);
  await pill.click();
  await expect(row(page, id(COUNT + 2))).toBeInViewport();
  await expect(pill).toBeHidden();
  expect(await page.evaluate(() => "kept" in window)).toBe(true);
});

test("a session that is listed grows where it stands", async ({ page, library }) => {
  const grown = session(COUNT - 1);
  await openList(page);
  await expect(row(page, grown.session)).toContainText(/1\s*turn(?!s)/);
  grown.prompt("And another question").text("Another answer");
  await library.send("/v1/envelopes", "many", { envelopes: grown.envelopes.slice(-2) });
  await expect(row(page, grown.session)).toContainText(/2\s*turns/);
});

test("a session that grows is followed to its end, until one reads back", async ({ page, library }) => {
  const live = new Transcript(id(COUNT + 10), { startsAt: new Date() });
  for (let turn = 0; turn < 12; turn++) {
    live.prompt(`Question ${turn}`).text(`Answer ${turn}\n\n${"A line of it.\n\n".repeat(4)}`);
  }
  await library.take("many", live);
  let sent = live.envelopes.length;
  const grow = async (words: string) => {
    live.prompt(`Further: ${words}`).text(`Said: ${words}`);
    await library.send("/v1/envelopes", "many", { envelopes: live.envelopes.slice(sent) });
    sent = live.envelopes.length;
  };

  await page.goto(sessionPath(live.session));
  const transcript = page.getByRole("feed", { name: "Transcript" });
  await expect(transcript.getByText("Answer 0")).toBeInViewport();
  await grow("not followed yet");
  await expect(page.getByRole("button", { name: /new steps?/ })).toBeVisible();
  await expect(transcript.getByText("Answer 0"), "nothing moves by itself").toBeInViewport();

  await page.keyboard.press("f");
  await expect(page.getByRole("button", { name: "Following" })).toHaveAttribute("aria-pressed", "true");
  await expect(transcript.getByText("Said: not followed yet")).toBeInViewport();
  await grow("now followed");
  await expect(transcript.getByText("Said: now followed")).toBeInViewport();

  await transcript.hover();
  await page.mouse.wheel(0, -600);
  await expect(page.getByRole("button", { name: "Follow", exact: true })).toHaveAttribute(
    "aria-pressed",
    "false",
  );
});

import { ClientRun } from "../harness/client.ts";
import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import { inspector, rows, SESSIONS, transcript } from "../harness/pages.ts";

const test = base.extend<object, { library: Library }>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      await use(library);
      await library.close();
    },
    { scope: "worker" },
  ],
});

test("a session of the real client appears while it runs, is followed, and ends", async ({
  page,
  library,
}) => {
  test.setTimeout(120_000);
  const key = await library.ingestKey("live");
  await page.goto(SESSIONS);
  await expect(page.getByRole("heading", { name: "No session yet" })).toBeVisible();
  await page.evaluate(() => {
    (window as unknown as { kept: boolean }).kept = true;
  });

  const run = await ClientRun.start(new URL("live/scenario.json", import.meta.url), library.server.url, key);
  try {
    const pill = page.getByRole("button", { name: "1 new session" });
    await expect(pill.or(rows(page)).first()).toBeVisible({ timeout: 30_000 });
    if (await pill.isVisible()) {
      await pill.click();
    }
    await expect(rows(page)).toHaveCount(1);
    await expect(rows(page)).toContainText("First: say where we are.");
    await expect(rows(page)).toContainText("live");
    await rows(page).click();

    const told = transcript(page);
    await expect(told).toContainText("First: say where we are.");
    await page.getByRole("button", { name: "Follow", exact: true }).click();
    const placesAtFirst = await told.getByRole("article").count();
    for (const words of ["in the project", "We are in the project.", "It is noon.", "You are welcome."]) {
      await expect(told.getByText(words).last()).toBeInViewport({ timeout: 30_000 });
    }
    expect(await told.getByRole("article").count()).toBeGreaterThan(placesAtFirst);
    await expect(page.getByRole("navigation", { name: "Turns" }).getByRole("link")).toHaveCount(3);
    expect(await page.evaluate(() => "kept" in window), "the page was never loaded again").toBe(true);
    await run.end();

    // What hooks and transcript have to add comes later; then the end is known.
    await expect(inspector(page)).not.toContainText("Ended by");
    await library.argus.import("live", run.out);
    await expect(inspector(page)).toContainText("Ended by");
    await expect(page.getByRole("button", { name: /^Follow/ })).toBeHidden();
    await expect(inspector(page)).toContainText("transcript");
    expect(await page.evaluate(() => "kept" in window)).toBe(true);
  } finally {
    await run.remove();
  }
});

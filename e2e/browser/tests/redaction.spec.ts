import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import { expectNoSidewaysScroll, inspector, sessionPath, transcript } from "../harness/pages.ts";
import { Transcript } from "../harness/transcript.ts";

const SETTINGS = "/w/default/settings/redaction";
const SESSION = "00000000-0000-4000-8000-0000000c1000";
const OTHER = "00000000-0000-4000-8000-0000000c2000";

// Put together here, so that this file has none.
const TOKEN = `ghp_${"a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8".slice(0, 36)}`;
const TYPED = "[redacted:github-token:0123456789]";

function sessionWithSecrets(): Transcript {
  return new Transcript(SESSION)
    .prompt(`Push with ${TOKEN}, not with ${TYPED}. Order QX-20417 is for Acme Corp.`)
    .call({
      name: "Bash",
      input: { command: `git push https://x:${TOKEN}@git.example.com/app` },
      output: `remote: ${TOKEN} accepted`,
      result: { stdout: `remote: ${TOKEN} accepted`, stderr: "", interrupted: false },
    })
    .text(`Pushed **with** \`${TOKEN}\`.`);
}

/** A server of its own: the tests change what is redacted. */
const test = base.extend<object, { library: Library }>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      await library.take("demo", sessionWithSecrets());
      await library.take(
        "demo",
        new Transcript(OTHER).prompt("Look up QX-31002 and QX-31003.").text("Done."),
      );
      await use(library);
      await library.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test.describe.configure({ mode: "serial" });

test("a true redaction is a chip, a typed placeholder is text, and all of one value are shown together", async ({
  page,
}) => {
  await page.goto(sessionPath(SESSION));
  const told = transcript(page);
  const chips = told.locator(".redaction");
  await expect(chips.first()).toBeVisible();
  const prompt = told.getByRole("article").filter({ hasText: "Push with" }).first();
  await expect(prompt.locator(".redaction")).toHaveCount(1);
  await expect(prompt).toContainText(TYPED);
  await expect(prompt.locator(".redaction")).toHaveText(/^\[redacted:github-token:[0-9a-f]{10}\]$/);
  await expect(prompt.locator(".redaction")).toHaveAttribute(
    "title",
    /^Redacted: GitHub tokens \(github-token\)/,
  );
  await expect(page.locator("body")).not.toContainText(TOKEN);

  await prompt.locator(".redaction-print").hover();
  await expect(told.locator(".redaction-same")).toHaveCount(await githubChips(told).count());
  expect(await githubChips(told).count()).toBeGreaterThan(2);
  await page.mouse.move(0, 0);
  await expect(told.locator(".redaction-same")).toHaveCount(0);
});

test("the header and the inspector say what was redacted, by type", async ({ page }) => {
  await page.goto(sessionPath(SESSION));
  await expect(inspector(page)).toContainText("GitHub tokens");
  const button = page.getByRole("button", { name: /^\d+ redactions?$/ });
  await button.click();
  const list = page.getByRole("region", { name: "Redactions by type" });
  await expect(list.getByRole("row", { name: /GitHub tokens/ })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(button).toBeFocused();

  await transcript(page).getByText("Pushed").click();
  const print = inspector(page).getByRole("button", { name: /^Show fingerprint/ });
  await print.focus();
  await expect(transcript(page).locator(".redaction-same").first()).toBeVisible();
});

test("a rule is switched off and on, and what is not saved is said", async ({ page, library }) => {
  await openSettings(page);
  await page.getByLabel("Find a rule").fill("telephone");
  const phone = page.getByRole("switch", { name: /Telephone numbers/ });
  await expect(phone).toBeChecked();
  await phone.uncheck();
  await expect(unsaved(page)).toContainText("Not saved: 1 rule off.");
  await page.getByRole("link", { name: "Members" }).click();
  const leave = page.getByRole("dialog", { name: "Leave without saving?" });
  await leave.getByRole("button", { name: "Stay" }).click();
  await phone.check();
  await expect(unsaved(page)).toHaveText("");
  await phone.press("Space");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(unsaved(page)).toContainText("Saved.");
  expect(await offNow(library)).toEqual(["phone"]);

  await page.reload();
  const family = page.getByRole("checkbox", { name: "All of: Identifiers of people" });
  await expect(family).toBeVisible();
  expect(await family.evaluate((input: HTMLInputElement) => input.indeterminate)).toBe(true);
  await expect(page.getByRole("complementary", { name: "Older rules" })).toContainText(
    "argus redact rescan --data DIR",
  );
  await family.check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(unsaved(page)).toContainText("Saved.");
  expect(await offNow(library)).toEqual([]);
});

test("a pattern is tried on a text and on what is stored before it is saved", async ({
  page,
  library,
  watched,
}) => {
  watched.allowed.add(400);
  await openSettings(page);
  await page.getByRole("button", { name: "Add a pattern" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a pattern" });
  await dialog.getByLabel("Type").fill("order");
  await dialog.getByLabel("Pattern", { exact: true }).fill("QX-(");
  await dialog.getByLabel("Sample text").fill("order QX-1234 and qx-5678");
  await expect(dialog).toContainText("Not tried here: a bracket is not closed.");
  await dialog.getByRole("button", { name: "Try on stored sessions" }).click();
  await expect(dialog.getByLabel("Pattern", { exact: true })).toHaveAccessibleDescription(/Unclosed group\./);

  await dialog.getByLabel("Pattern", { exact: true }).fill("QX-[0-9]{4,6}");
  await expect(dialog.getByRole("group", { name: "1 hit." }).locator("mark")).toHaveText("QX-1234");
  await dialog.getByLabel("Upper and lower case are the same").check();
  await expect(dialog).toContainText("2 hits.");
  await dialog.getByRole("button", { name: "Try on stored sessions" }).click();
  await expect(dialog).toContainText("in 2 sessions");
  await expect(dialog.locator(".trial-hit mark").filter({ hasText: "QX-31003" })).toBeVisible();
  await expect(dialog.getByRole("link", { name: /Look up/ }).first()).toHaveAttribute(
    "href",
    sessionPath(OTHER),
  );
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("row", { name: /order.*not saved/ })).toBeVisible();

  // Someone else saves another policy meanwhile.
  const { revision, policy } = await settingsNow(library);
  await library.owner.put("/workspaces/default/redaction", {
    revision,
    policy: { ...policy, off: ["jwt"], dictionaries: [] },
  });
  watched.allowed.add(409);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(unsaved(page)).toContainText(
    "Owner saved another policy meanwhile: your changes now stand on top of it. Not saved: 1 pattern added.",
  );
  await page.getByRole("button", { name: "Save" }).click();
  await expect(unsaved(page)).toContainText("Saved.");
  expect((await settingsNow(library)).policy).toMatchObject({ off: ["jwt"], patterns: [{ name: "order" }] });

  const later = new Transcript("00000000-0000-4000-8000-0000000c3000").prompt("And QX-40001.").text("Done.");
  await library.take("demo", later);
  await page.goto(sessionPath(later.session));
  await expect(transcript(page).locator(".redaction").first()).toHaveAttribute(
    "title",
    /Own pattern \(order\)/,
  );
});

test("a dictionary says what is wrong with its words, and is saved with those that are right", async ({
  page,
  library,
}) => {
  await openSettings(page);
  await page.getByRole("button", { name: "Add a dictionary" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a dictionary" });
  await dialog.getByLabel("Type").fill("order");
  await dialog.getByLabel("Words").fill("Acme Corp\nab");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByLabel("Type")).toHaveAccessibleDescription(/name of another rule/);
  await expect(dialog.getByLabel("Words")).toHaveAccessibleDescription(/“ab” would be found everywhere/);
  await dialog.getByLabel("Type").fill("client");
  await dialog.getByLabel("Words").fill("Acme Corp\nZoë Example");
  await dialog.getByLabel("Sample text").fill("for ACME corp and Acme Corporation");
  await expect(dialog.getByRole("group", { name: "1 hit." }).locator("mark")).toHaveText("ACME corp");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(unsaved(page)).toContainText("Saved.");
  expect((await settingsNow(library)).policy.dictionaries).toMatchObject([
    { name: "client", words: ["Acme Corp", "Zoë Example"] },
  ]);
});

test("an auditor and a reviewer see the rules without the words, and change nothing", async ({
  library,
  open,
}) => {
  for (const role of ["auditor", "reviewer"] as const) {
    const person = await library.owner.invite(`R-${role}`, { role, projects: null });
    const page = await open({ storageState: person.state });
    await page.goto("/w/default/sessions");
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "Redaction" }).click();
    await expect(page.getByText("You may look at the rules, not change them.")).toBeVisible();
    await expect(page.getByRole("row", { name: /client.*2 words/ })).toBeVisible();
    await expect(page.locator("body")).not.toContainText("Acme");
    await expect(page.getByRole("switch", { name: /E-mail/ })).toBeDisabled();
    await expect(page.getByRole("button", { name: /Add|Change|Remove|Save/ })).toHaveCount(0);
  }
});

const PAGES: Record<string, (page: Page) => Promise<void>> = {
  "the settings": async (page) => {
    await openSettings(page);
    await page.getByText("Day by day, in numbers").click();
    await page.getByRole("switch", { name: /E-mail/ }).uncheck();
    await page.getByRole("button", { name: /^Show the rules/ }).click();
  },
  "the dialog that tries a pattern": async (page) => {
    await openSettings(page);
    await page.getByRole("button", { name: "Change order" }).click();
    const dialog = page.getByRole("dialog", { name: "Change a pattern" });
    await dialog.getByLabel("Sample text").fill("QX-1234");
    await dialog.getByRole("button", { name: "Try on stored sessions" }).click();
    await expect(dialog.locator(".trial-hit").first()).toBeVisible();
  },
  "a session with redactions": async (page) => {
    await page.goto(sessionPath(SESSION));
    await transcript(page).getByText("Pushed").click();
    await expect(inspector(page)).toContainText("Redacted");
    await page.getByRole("button", { name: /^\d+ redactions?$/ }).click();
    await transcript(page).locator(".redaction-print").first().hover();
  },
};

for (const [name, openPage] of Object.entries(PAGES)) {
  test(`${name}: for everyone, light and dark, from a telephone to a wide screen`, async ({ page }) => {
    await openPage(page);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1440, 768, 360]) {
        // So tall that nothing of the settings is behind the bar of what is not saved.
        await page.setViewportSize({ width, height: name === "the settings" ? 8_000 : 900 });
        await expectNoSidewaysScroll(page);
        const { violations } = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
          .analyze();
        const faults = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
        );
        expect(faults, `${name}, ${colorScheme}, ${width} px`).toEqual([]);
      }
    }
  });
}

async function openSettings(page: Page): Promise<void> {
  await page.goto(SETTINGS);
  await expect(page.getByRole("heading", { name: "Built-in rules" })).toBeVisible();
}

/** What the bar at the end of the page says. */
function unsaved(page: Page): Locator {
  return page.locator(".unsaved-words");
}

function githubChips(within: Locator): Locator {
  return within.locator(".redaction").filter({ hasText: "github-token" });
}

interface Settings {
  revision: number;
  policy: { off: string[]; patterns: { name: string }[]; dictionaries: unknown[] };
}

async function settingsNow(library: Library): Promise<Settings> {
  return await library.owner.get("/workspaces/default/redaction");
}

async function offNow(library: Library): Promise<string[]> {
  return (await settingsNow(library)).policy.off;
}

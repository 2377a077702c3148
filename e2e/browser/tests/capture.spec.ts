import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import { expectNoSidewaysScroll, openList, row, sessionPath, transcript } from "../harness/pages.ts";
import { NOBODY, PASSWORD } from "../harness/people.ts";
import { picture } from "../harness/picture.ts";
import { Transcript } from "../harness/transcript.ts";

const PRIVACY = "/w/default/settings/privacy";
const DEVICE_ID = "0123456789abcdef0123456789abcdef";
const SESSIONS = {
  private: "00000000-0000-4000-8000-0000000d1000",
  contentOff: "00000000-0000-4000-8000-0000000d2000",
  kept: "00000000-0000-4000-8000-0000000d3000",
  erased: "00000000-0000-4000-8000-0000000d4000",
};

function session(id: string): Transcript {
  return new Transcript(id)
    .prompt("Draft the merger with Northwind.")
    .call({ name: "Bash", input: { command: "ls northwind" }, output: "northwind.md" })
    .text("The draft is in northwind.md.");
}

/** A server of its own, with sessions that the owner's own key delivered. */
const test = base.extend<object, { library: Library; ownKey: string }>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      await use(library);
      await library.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  ownKey: [
    async ({ library }, use) => {
      const { id } = await library.owner.get<{ id: string }>("/self");
      const { token } = await library.owner.post<{ token: string }>("/workspaces/default/keys", {
        scope: "ingest",
        projects: ["demo"],
        account: id,
      });
      for (const id of Object.values(SESSIONS)) {
        await ask(library, token, "/v1/envelopes", { envelopes: session(id).envelopes });
      }
      await library.server.readable();
      await use(token);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test.describe.configure({ mode: "serial" });

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

async function ask(library: Library, key: string, path: string, body: unknown): Promise<Answer> {
  const answer = await fetch(`${library.server.url}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${key}` },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function askDevice(library: Library): Promise<{ url: string; code: string; device: string }> {
  const key = await library.ingestKey("demo");
  const { body } = await ask(library, key, "/v1/device/authorize", {
    device_name: "laptop-7",
    device_id: DEVICE_ID,
  });
  return {
    url: String(body.verification_uri_complete),
    code: String(body.user_code),
    device: String(body.device_code),
  };
}

async function look(library: Library, device: string): Promise<Answer> {
  return await ask(library, "", "/v1/device/token", {
    device_code: device,
    grant_type: "urn:ietf:params:oauth:grant-type:device_code",
  });
}

test("a device is let in by its person, with the keyboard alone", async ({
  page,
  library,
  open,
  watched,
}) => {
  watched.allowed.add(401);
  const { url, code, device } = await askDevice(library);
  expect(new URL(url).origin).toBe(new URL(library.server.url).origin);
  // Whoever is not signed in does that first, and comes back.
  const stranger = await open({ storageState: NOBODY });
  await stranger.goto(url);
  await stranger.getByLabel("E-mail").fill(library.owner.email);
  await stranger.getByLabel("Password").fill(PASSWORD);
  await stranger.keyboard.press("Enter");
  await expect(stranger.getByRole("heading", { name: "Is this your device?" })).toBeVisible();

  await page.goto("/device");
  await expect(page.getByLabel("Code")).toBeFocused();
  await page.keyboard.type(code.toLowerCase().replace("-", " "));
  await page.keyboard.press("Enter");
  await expect(page.getByText(code)).toBeVisible();
  const facts = page.locator("dl");
  for (const fact of ["laptop-7", "default", "demo", library.owner.email]) {
    await expect(facts).toContainText(fact);
  }
  expect((await look(library, device)).body).toEqual({ error: "authorization_pending" });
  await page.keyboard.press("Tab");
  const approve = page.getByRole("button", { name: "Approve" });
  await expect(approve).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "The device is signed in" })).toBeVisible();

  const { status, body } = await look(library, device);
  expect([status, body.person]).toEqual([200, library.owner.email]);
  await page.goto("/w/default/settings/keys");
  await expect(page.getByRole("row", { name: /owner@example\.com.*on laptop-7/ })).toBeVisible();

  await ask(library, String(body.token), "/v1/capture/hello", {
    version: 1,
    client: { version: "0.1.0", os: "linux", arch: "x86_64" },
    device: { id: DEVICE_ID, name: "laptop-7" },
  });
  await page.getByRole("link", { name: "Devices" }).click();
  await expect(page.getByRole("row", { name: /laptop-7.*linux x86_64.*owner@example\.com/ })).toBeVisible();
});

test("a device that is denied has no key, and a code is good once", async ({ page, library, watched }) => {
  const { url, device } = await askDevice(library);
  await page.goto(url);
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.getByRole("heading", { name: "The device was not let in" })).toBeVisible();
  expect((await look(library, device)).body).toEqual({ error: "access_denied" });
  watched.allowed.add(404);
  await page.goto(url);
  await expect(page.getByRole("alert")).toContainText("No device waits with this code");
});

test("rules are set for the workspace and for projects", async ({ page, library, ownKey, open, watched }) => {
  watched.allowed.add(409);
  expect(ownKey).toMatch(/^argus_ik_/);
  await page.goto(PRIVACY);
  const rules = page.getByRole("table", { name: "Rules" });
  await expect(rules.getByRole("row", { name: /Every project.*Private/ })).toBeVisible();
  await page.getByRole("button", { name: "Add a project" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Project", { exact: true }).fill("bank");
  await dialog.getByLabel("A session that its person makes private").selectOption("forbidden");
  await expect(dialog).toContainText("Nothing changes, and the person is told so.");
  await dialog.getByLabel("Notice").fill("What is done for the bank is kept.\nAsk the works council.");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(rules.getByRole("row", { name: /bank.*Forbidden.*works council/ })).toBeVisible();

  // Someone else changes it meanwhile.
  const held = await library.owner.get<{ revision: number; policy: object }>(
    "/workspaces/default/capture-policy",
  );
  await page.getByRole("button", { name: "Change the rule of Every other project" }).click();
  await library.owner.put("/workspaces/default/capture-policy", {
    revision: held.revision,
    policy: { workspace: { opt_out: "forbidden" }, projects: [] },
  });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByRole("alert")).toContainText("changed meanwhile");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(rules.getByRole("row", { name: /Every project.*Forbidden/ })).toBeVisible();
  await expect(rules.getByRole("row", { name: /bank/ })).toBeHidden();

  const auditor = await library.owner.invite("Auditor", { role: "auditor", projects: null });
  const looking = await open({ storageState: auditor.state });
  await looking.goto(PRIVACY);
  await expect(looking.getByText("You may look at the rules, not change them.")).toBeVisible();
  await expect(looking.getByRole("button", { name: /Add|Change|Remove/ })).toHaveCount(0);
});

test("what the workspace does not allow is said, and nothing is asked", async ({ page, library, ownKey }) => {
  expect(ownKey).toMatch(/^argus_ik_/);
  await setRule(library, "forbidden", "Ask the works council.");
  await page.goto(sessionPath(SESSIONS.kept));
  await page.getByRole("button", { name: "Make private" }).click();
  const dialog = page.getByRole("dialog", { name: "Not in this workspace" });
  await expect(dialog).toContainText("Ask the works council.");
  await expect(dialog.getByRole("button", { name: "Make private" })).toHaveCount(0);
});

test("its person makes a session private, and whoever comes later is told so", async ({
  page,
  library,
  ownKey,
  open,
  watched,
}) => {
  await setRule(library, "allowed", null);
  const reader = await library.owner.invite("Reader", { role: "viewer", projects: null });
  const reading = await open({ storageState: reader.state });
  await reading.goto(sessionPath(SESSIONS.private));
  await expect(transcript(reading)).toContainText("Northwind");
  await expect(reading.getByRole("button", { name: "Make private" })).toHaveCount(0);

  watched.allowed.add(410);
  await page.goto(sessionPath(SESSIONS.private));
  await page.getByRole("button", { name: "Make private" }).click();
  const dialog = page.getByRole("dialog", { name: "Make this session private?" });
  await dialog.getByRole("button", { name: "Keep it" }).click();
  await expect(transcript(page)).toContainText("Northwind");
  await page.getByRole("button", { name: "Make private" }).click();
  await dialog.getByRole("button", { name: "Make private" }).click();
  for (const shown of [page, reading]) {
    // Of a screen that has it, it is taken away.
    await expect(shown.getByRole("heading", { name: "This session is private" })).toBeVisible();
    await expect(shown.locator("body")).not.toContainText("Northwind");
  }
  await reading.reload();
  await expect(reading.getByRole("heading", { name: "This session is private" })).toBeVisible();
  await openList(reading);
  await expect(row(reading, SESSIONS.private)).toBeHidden();
  const { body } = await ask(library, ownKey, "/v1/envelopes", {
    envelopes: session(SESSIONS.private).envelopes,
  });
  expect(body).toMatchObject({ accepted: 0, purge: [SESSIONS.private] });

  await page.goto(PRIVACY);
  const tombstones = page.getByRole("table", { name: "Tombstones" });
  await expect(tombstones.getByRole("row", { name: /made private.*owner@example\.com.*demo/ })).toBeVisible();
});

test("an erased session says so", async ({ page, library, ownKey, watched }) => {
  expect(ownKey).toMatch(/^argus_ik_/);
  await library.argus.run("erase", SESSIONS.erased, "--yes");
  watched.allowed.add(410);
  await page.goto(sessionPath(SESSIONS.erased));
  await expect(page.getByRole("heading", { name: "This session was erased" })).toBeVisible();
});

test("a session whose content is off keeps its structure", async ({ page, library, ownKey }) => {
  expect(ownKey).toMatch(/^argus_ik_/);
  await setRule(library, "content_off", null);
  await page.goto(sessionPath(SESSIONS.contentOff));
  await page.getByRole("button", { name: "Make private" }).click();
  const dialog = page.getByRole("dialog", { name: "Erase what was said and done?" });
  await dialog.getByRole("button", { name: "Erase the content" }).click();
  await expect(page.getByText("Its person switched its content off").first()).toBeVisible();
  await expect(transcript(page)).toContainText("Bash");
  await expect(page.locator("body")).not.toContainText(/northwind/i);
  await expect(page.getByRole("button", { name: "Make private" })).toHaveCount(0);
});

const PAGES: Record<string, (page: Page, library: Library) => Promise<void>> = {
  "private-session": async (page) => {
    await page.goto(sessionPath(SESSIONS.private));
    await expect(page.getByRole("heading", { name: "This session is private" })).toBeVisible();
  },
  "content-off-session": async (page) => {
    await page.goto(sessionPath(SESSIONS.contentOff));
    await expect(page.getByText("Its person switched its content off").first()).toBeVisible();
  },
  "make-private": async (page, library) => {
    await setRule(library, "content_off", "Ask the works council first.\nIt answers within a day.");
    await page.goto(sessionPath(SESSIONS.kept));
    await page.getByRole("button", { name: "Make private" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  },
  device: async (page, library) => {
    await page.goto((await askDevice(library)).url);
    await expect(page.getByRole("button", { name: "Approve" })).toBeVisible();
  },
  devices: async (page) => {
    await page.goto("/w/default/settings/devices");
    await expect(page.getByRole("row", { name: /laptop-7/ })).toBeVisible();
  },
  privacy: async (page) => {
    await page.goto(PRIVACY);
    await expect(page.getByRole("row", { name: /made private/ })).toBeVisible();
  },
  "privacy-rule": async (page) => {
    await page.goto(PRIVACY);
    await page.getByRole("button", { name: "Change the rule of Every project" }).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  },
};

for (const [name, openPage] of Object.entries(PAGES)) {
  test(`${name}: for everyone, light and dark, from a telephone to a wide screen`, async ({
    page,
    library,
    watched,
  }) => {
    watched.allowed.add(410);
    await openPage(page, library);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [1440, 360]) {
        await page.setViewportSize({ width, height: 900 });
        await expectNoSidewaysScroll(page);
        const { violations } = await new AxeBuilder({ page })
          .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
          .analyze();
        const faults = violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
        );
        expect(faults, `${name}, ${colorScheme}, ${width} px`).toEqual([]);
        await picture(page, `capture-${name}-${colorScheme}-${width}`);
      }
    }
  });
}

/** The rule of every project. */
async function setRule(library: Library, opt_out: string, notice: string | null): Promise<void> {
  const { revision } = await library.owner.get<{ revision: number }>("/workspaces/default/capture-policy");
  await library.owner.put("/workspaces/default/capture-policy", {
    revision,
    policy: { workspace: { opt_out, notice }, projects: [] },
  });
}

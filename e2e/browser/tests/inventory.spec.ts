import AxeBuilder from "@axe-core/playwright";
import { Machine, type Skill, versionOf } from "../harness/captured.ts";
import { test as base, expect } from "../harness/fixture.ts";
import { faultsOnPage } from "../harness/inspection.ts";
import { Library } from "../harness/library.ts";
import { expectNoSidewaysScroll, inspector, rows, sessionPath } from "../harness/pages.ts";
import { picture } from "../harness/picture.ts";
import { RECORDINGS } from "../harness/sessions.ts";
import { Transcript } from "../harness/transcript.ts";

const STABLE = "00000000-0000-4000-8000-0000000d1000";
const CHANGED = "00000000-0000-4000-8000-0000000d2000";

const LAPTOP = new Machine("1a".repeat(16), "laptop-7");
const DESKTOP = new Machine("2b".repeat(16), "");

const HOSTILE = '<img src=x onerror="window.__pwned=1"> \u202egnirts <script>window.__pwned=1</script>';

/** A version as it is named: by its files. */
function skill(name: string, label: string | null, files: Skill["files"]): Skill {
  return { name, label, hash: versionOf(files), files };
}

const FIRST = skill("weekly-report", "1.0", {
  "SKILL.md": `---\nname: weekly-report\nversion: 1.0\n---\n\nWrite the report. ${HOSTILE}\n`,
  "scripts/collect.sh": "#!/bin/sh\nset -eu\n\nexec curl https://ledger.example/report\n",
  "logo.png": null,
});
const SECOND = skill("weekly-report", "1.0", { "SKILL.md": "Write another report.\n" });
const NEVER = skill("release-notes", null, { "SKILL.md": "Unused.\n" });

function session(id: string): Transcript {
  return new Transcript(id)
    .prompt("Write the weekly report.")
    .call({ name: "Skill", input: { skill: "weekly-report" }, output: "Launching skill: weekly-report" })
    .call({ name: "mcp__ledger__lookup", input: { week: 47 }, output: "12 invoices" })
    .text("Here it is.");
}

const SERVERS = [
  {
    name: "ledger",
    scope: "project",
    project: "/home/dev/project",
    transport: "stdio",
    origin: "ledger-mcp",
    enabled: null,
  },
  { name: "mail", scope: "user", transport: "http", origin: "https://mail.example/mcp", enabled: true },
  {
    name: "db",
    scope: "local",
    project: "/home/dev/project",
    transport: "stdio",
    origin: "db-mcp",
    enabled: false,
  },
].map((server) => ({ ...server, env_names: ["LEDGER_URL"], header_names: [] }));

/** Recordings, and two sessions as a capture client sends them. */
const test = base.extend<object, { library: Library }>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.empty();
      await library.argus.import("demo", ...RECORDINGS.demo);
      const envelopes = [
        ...LAPTOP.sends(session(STABLE)),
        LAPTOP.looked(STABLE, FIRST, "start", null),
        LAPTOP.looked(STABLE, NEVER, "start", null),
        LAPTOP.looked(STABLE, FIRST, "stop", "stable"),
        LAPTOP.filesOf(FIRST),
        LAPTOP.lists(SERVERS),
        ...DESKTOP.sends(session(CHANGED)),
        DESKTOP.looked(CHANGED, FIRST, "start", null),
        DESKTOP.looked(CHANGED, SECOND, "stop", "changed"),
        DESKTOP.filesOf(SECOND),
        DESKTOP.lost(CHANGED, 3),
      ];
      await library.send("/v1/envelopes", "acme", { envelopes });
      await use(library);
      await library.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test("versions of a skill are told apart, flagged, and lead to their sessions", async ({ page }) => {
  await page.goto("/w/default/sessions");
  await page.getByRole("link", { name: "Skills" }).click();
  const versions = page.getByRole("table", { name: "Versions of weekly-report" });
  await expect(versions.getByRole("row")).toHaveCount(3);
  await expect(versions.getByText("label used twice")).toHaveCount(2);
  await expect(versions.getByRole("row", { name: FIRST.hash.slice(0, 12) })).toContainText(
    "1 session, 1 stable",
  );
  await expect(versions.getByRole("row", { name: SECOND.hash.slice(0, 12) })).toContainText(
    "1 session, 1 changed",
  );
  await expect(page.getByRole("table", { name: "Versions of release-notes" })).toContainText("never ran");

  await page.getByLabel("Find a skill").fill("release");
  await expect(versions).toBeHidden();
  await page.getByLabel("Find a skill").fill("");
  await page.getByRole("link", { name: "Sessions that ran it" }).click();
  await expect(rows(page)).toHaveCount(2);
});

test("the files of a version are shown as text and nothing of them runs", async ({ page, watched }) => {
  await page.goto(`/w/default/skills/weekly-report/${FIRST.hash}`);
  await expect(page.getByRole("heading", { name: "weekly-report", level: 1 })).toBeVisible();
  const text = page.getByRole("article", { name: "SKILL.md" });
  await expect(text).toContainText("<img src=x onerror=");
  await page.getByRole("link", { name: "scripts/collect.sh" }).click();
  await expect(page).toHaveURL(/file=/);
  await expect(page.getByRole("article", { name: "scripts/collect.sh" })).toContainText("set -eu");
  await expect(page.getByRole("row", { name: /logo\.png/ })).toContainText("no text");
  await page.goBack();
  await expect(text).toBeVisible();
  expect(await page.evaluate(faultsOnPage)).toEqual([]);

  await page.goto(`/w/default/skills/weekly-report/${SECOND.hash}`);
  await expect(page.getByText(/Another version of this skill declares the label/)).toBeVisible();
  await expect(page.getByText(/Another one was there after it ran/)).toBeVisible();
  watched.allowed.add(404);
  await page.goto(`/w/default/skills/weekly-report/${"00".repeat(32)}`);
  await expect(page.getByRole("heading", { name: "Nothing here" })).toBeVisible();
});

test("servers say what is known of them, and unknown is unknown", async ({ page }) => {
  await page.goto("/w/default/mcp-servers");
  const table = page.getByRole("table", { name: "MCP servers" });
  const cells = (name: RegExp) => table.getByRole("row", { name });
  await expect(cells(/^ledger laptop-7/)).toContainText("unknown");
  await expect(cells(/^ledger laptop-7/)).toContainText("1 call");
  await expect(cells(/^mail laptop-7/)).toContainText("yes");
  await expect(cells(/^mail laptop-7/)).toContainText("not seen in use");
  await expect(cells(/^db laptop-7/)).toContainText("no");
  await expect(cells(/^ledger 2b2b2b2b/)).toContainText("seen in sessions, not listed");
  await page.getByLabel("Find a server").fill("mail.example");
  await expect(table.getByRole("row")).toHaveCount(2);
});

test("coverage says how much was seen, and where something is missing", async ({ page }) => {
  await page.goto("/w/default/coverage");
  const machines = page.getByRole("table", { name: "Machines" });
  await expect(machines.getByRole("row", { name: /laptop-7/ })).toContainText("single witness");
  await expect(machines.getByRole("row", { name: /2b2b2b2b/ })).toContainText("partial");
  await page.getByRole("link", { name: /session of the grade partial/ }).click();
  await expect(rows(page)).toHaveCount(1);
  await rows(page).first().click();
  await expect(page.getByRole("banner").or(page.locator(".replay-header")).last()).toContainText("partial");
  await expect(inspector(page)).toContainText("the capture client lost 3 items");
  await expect(inspector(page)).toContainText("more waited than may (3 transcript)");
  await expect(inspector(page)).toContainText("changed");
});

test("a reader of another project sees none of it", async ({ library, open }) => {
  const reader = await library.owner.invite("Reader", { role: "viewer", projects: ["other"] });
  const page = await open({ storageState: reader.state });
  await page.goto("/w/default/skills");
  await expect(page.getByText("No skill yet")).toBeVisible();
  await expect(page.getByRole("link", { name: "Coverage" })).toBeHidden();
  await page.goto("/w/default/mcp-servers");
  await expect(page.getByText("No MCP server yet")).toBeVisible();
});

const PAGES = [
  { name: "skills", path: "/w/default/skills", ready: "weekly-report" },
  {
    name: "skill-version",
    path: `/w/default/skills/weekly-report/${FIRST.hash}`,
    ready: "Write the report.",
  },
  { name: "mcp-servers", path: "/w/default/mcp-servers", ready: "ledger-mcp" },
  { name: "coverage", path: "/w/default/coverage", ready: "laptop-7" },
];

test("the pages can be read by everybody, in either theme, and fit a narrow window", async ({
  page,
  open,
}) => {
  for (const { name, path: to, ready } of PAGES) {
    await page.setViewportSize({ width: 1440, height: 900 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(to);
      await expect(page.getByText(ready).first()).toBeVisible();
      const report = await new AxeBuilder({ page }).analyze();
      expect(report.violations, `${name} ${colorScheme}`).toEqual([]);
      await picture(page, `${name}${colorScheme === "dark" ? "-dark" : ""}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize({ width: 360, height: 740 });
    await expectNoSidewaysScroll(page);
    await picture(page, `${name}-narrow`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(sessionPath(CHANGED));
  await expect(inspector(page)).toContainText("Coverage");
  await picture(page, "session-coverage");

  const empty = await Library.empty();
  const first = await open({ baseURL: empty.server.url, storageState: empty.owner.state });
  for (const { name, path: to, says } of [
    { name: "skills", path: "/w/default/skills", says: "No skill yet" },
    { name: "mcp-servers", path: "/w/default/mcp-servers", says: "No MCP server yet" },
    { name: "coverage", path: "/w/default/coverage", says: "Nothing to tell of yet" },
  ]) {
    await first.goto(to);
    await expect(first.getByText(says)).toBeVisible();
    await picture(first, `${name}-empty`);
  }
  await first.close();
  await empty.close();
});

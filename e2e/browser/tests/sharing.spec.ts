/** Links for people without a sign-in: looked at before they are made, opened by strangers, revoked. */
import path from "node:path";
import { pathToFileURL } from "node:url";
import AxeBuilder from "@axe-core/playwright";
import { artefactsFolder } from "../harness/environment.ts";
import { expect, test } from "../harness/fixture.ts";
import { expectNoSidewaysScroll, sessionPath } from "../harness/pages.ts";
import { NOBODY } from "../harness/people.ts";
import { picture } from "../harness/picture.ts";
import { INTERACTIVE, TOOLS } from "../harness/sessions.ts";

test.use({ viewport: { width: 1440, height: 1000 } });

test("a link is looked at, made, opened by a stranger, and revoked", async ({
  page,
  open,
  watched,
  library,
}) => {
  await page.goto(sessionPath(TOOLS));
  await page.getByRole("button", { name: "Share and export" }).click();
  await page.getByRole("menuitem", { name: "Share link…" }).click();
  const dialog = page.getByRole("dialog");
  const preview = page.frameLocator("iframe[title='The page that the link shows']");
  await expect(preview.getByRole("heading", { level: 1 })).toContainText("Please prepare the release");
  await expect(dialog.getByRole("status")).toContainText("Redacted when it was stored: email");
  await expect(preview.getByText("First look around.")).toHaveCount(0);

  await dialog.getByLabel("Mask these words").fill("INV-42");
  await expect(dialog.getByRole("status")).toContainText(/Masked in \d+ places/);
  await dialog.getByLabel("Mask what fits these patterns").fill("(");
  watched.allowed.add(400);
  await expect(dialog.getByText(/is no pattern/)).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Make the link" })).toBeDisabled();
  await dialog.getByLabel("Mask what fits these patterns").fill("");
  await dialog.getByLabel("Note").fill("for the kick-off");
  await expect(dialog.getByRole("button", { name: "Make the link" })).toBeEnabled();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `share-${colorScheme}`);
    const axe = new AxeBuilder({ page }).exclude("iframe");
    expect((await axe.analyze()).violations).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await picture(page, "share-narrow");
  await page.setViewportSize({ width: 1440, height: 1000 });
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const address = await dialog.getByLabel("The link", { exact: true }).inputValue();
  expect(address.startsWith(`${library.server.url}/share/argus_sl_`), address).toBe(true);
  await dialog.getByRole("button", { name: "Done" }).click();

  const stranger = await open({ storageState: NOBODY });
  await stranger.goto(address);
  await expect(stranger.getByRole("heading", { level: 1 })).toContainText("Please prepare the release");
  await expect(stranger.getByText("INV-42")).toHaveCount(0);
  await expect(stranger.getByText("First look around.")).toHaveCount(0);
  await picture(stranger, "share-opened");

  await page.goto("/w/default/settings/shares");
  const links = page.getByRole("table", { name: "Shared links" });
  const row = links.getByRole("row", { name: /for the kick-off/ });
  await expect(row).toContainText("the whole session");
  await row.getByRole("button", { name: /opened, the link to/ }).click();
  await expect(dialog.getByRole("listitem")).toHaveCount(1);
  await page.keyboard.press("Escape");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `shared-links-${colorScheme}`);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await expectNoSidewaysScroll(page);
  await picture(page, "shared-links-narrow");

  await row.getByRole("button", { name: /Revoke the link/ }).click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(row.getByRole("button", { name: /Revoke/ })).toHaveCount(0);
  watched.allowed.add(410);
  await stranger.reload();
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("This link is over");
  await picture(stranger, "share-over");
});

test("a link to turns opens at the first and says which they are", async ({ page }) => {
  await page.goto(sessionPath(INTERACTIVE));
  await page.getByRole("button", { name: "Share and export" }).click();
  await page.getByRole("menuitem", { name: "Copy link to turns…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("From turn").selectOption({ index: 1 });
  await dialog.getByLabel("To turn").selectOption({ index: 2 });
  const address = await dialog.getByLabel("Link to the turns").inputValue();
  expect(new URL(address).search).toBe("?turns=2-3");
  await page.goto(address);
  await expect(page.getByText("The link points at turns 2 to 3.")).toBeVisible();
});

test("a report is shown, printed and saved", async ({ page, browser }) => {
  await page.goto("/w/default/report");
  await page.getByLabel("First day").fill("2026-11-01");
  await page.getByLabel("Last day").fill("2026-11-30");
  await page.getByRole("button", { name: "Show" }).click();
  const report = page.frameLocator("iframe[title='The report']");
  await expect(report.getByRole("heading", { name: "What was used" })).toBeVisible();
  await expect(page).toHaveURL(/from=2026-11-01&to=2026-11-30/);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `report-${colorScheme}`);
    const axe = new AxeBuilder({ page }).exclude("iframe");
    expect((await axe.analyze()).violations).toEqual([]);
  }
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe("argus-report.html");
  const context = await browser.newContext();
  const opened = await context.newPage();
  const file = path.join(artefactsFolder(), "report.html");
  await saved.saveAs(file);
  await opened.goto(pathToFileURL(file).href);
  expect((await new AxeBuilder({ page: opened }).analyze()).violations).toEqual([]);
  await opened.pdf({ path: path.join(artefactsFolder(), "report.pdf"), preferCSSPageSize: true });
  await context.close();
});

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "../harness/fixture.ts";
import { Library } from "../harness/library.ts";
import { expectNoSidewaysScroll } from "../harness/pages.ts";
import { picture } from "../harness/picture.ts";

const INSTALL = "/w/default/settings/install";

/** A server that has the capture client for one platform. */
const test = base.extend<object, { library: Library }>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const clients = await mkdtemp(path.join(tmpdir(), "argus-clients-"));
      await mkdir(path.join(clients, "macos-aarch64"));
      await writeFile(path.join(clients, "macos-aarch64/argus-capture"), "a program");
      const library = await Library.empty("--capture-clients", clients);
      await use(library);
      await library.close();
      await rm(clients, { recursive: true });
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test("a link installs the plugin until it is revoked", async ({ page, library }) => {
  await page.goto(INSTALL);
  await expect(page.getByText("macos-aarch64")).toBeVisible();
  await expect(page.getByText(/linux-x86_64.*not captured/)).toBeVisible();

  await page.getByRole("button", { name: "Make an install link" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Project").fill("alpha");
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("note")).toContainText("https only");
  await expect(dialog.getByText(`argus plugin --endpoint ${library.server.url}`)).toBeVisible();
  const address = await dialog.getByLabel("The link").inputValue();
  expect(address.startsWith(`${library.server.url}/plugin/default/argus_dk_`), address).toBe(true);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // As the client asks: by the address alone.
  const marketplace = await (await fetch(address)).json();
  const archive = await fetch(marketplace.plugins[0].source.url);
  expect([archive.status, archive.headers.get("content-type")]).toEqual([200, "application/zip"]);

  await picture(page, "install-link");
  await page.keyboard.press("Escape");
  const links = page.getByRole("table", { name: "Install links" });
  await expect(links.getByRole("row", { name: /alpha/ })).toBeVisible();
  const download = page.waitForEvent("download");
  await links.getByRole("link", { name: "Archive" }).click();
  expect((await download).suggestedFilename()).toBe("argus-plugin.zip");

  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `install-${colorScheme}`);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  }
  await page.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(page);

  await links.getByRole("button", { name: /Revoke the link/ }).click();
  await dialog.getByRole("button", { name: "Revoke" }).click();
  await expect(links).toBeHidden();
  expect((await fetch(address)).status).toBe(404);
});

import path from "node:path";
import type { Page } from "@playwright/test";
import { artefactsFolder } from "./environment.ts";

/** A picture for people to look at; that a page works is for tests to say. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({
    path: path.join(artefactsFolder(), "screenshots", `${name}.png`),
    animations: "disabled",
  });
}

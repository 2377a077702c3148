import path from "node:path";
import { defineConfig } from "@playwright/test";
import { CHROMIUM_ARGUMENTS } from "./harness/chromium.ts";
import { artefactsFolder, chromiumBinary } from "./harness/environment.ts";

export default defineConfig({
  testDir: "tests",
  fullyParallel: false,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  outputDir: path.join(artefactsFolder(), "failures"),
  reporter: [["list"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    timezoneId: "UTC",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: chromiumBinary(), args: CHROMIUM_ARGUMENTS },
  },
});

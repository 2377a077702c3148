/** `test` with a server behind it and a browser that the owner signed in to. */
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from "@playwright/test";
import { Library } from "./library.ts";
import { Watch } from "./watch.ts";

interface OfTest {
  watched: Watch;
  /** A page in a further browser: of someone else, or of another server. */
  open: (options: BrowserContextOptions) => Promise<Page>;
}

interface OfWorker {
  library: Library;
}

export const test = base.extend<OfTest, OfWorker>({
  library: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const library = await Library.recorded();
      await use(library);
      await library.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ library }, use) => use(library.server.url),
  storageState: async ({ library }, use) => use(library.owner.state),
  watched: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const watched = new Watch();
      await use(watched);
      expect(watched.faults, "what no page may do").toEqual([]);
    },
    { auto: true },
  ],
  context: async ({ context, baseURL, watched }, use) => {
    await watched.over(context, baseURL ?? "");
    await use(context);
  },
  open: async ({ browser, library, watched }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL: library.server.url, ...options });
      contexts.push(context);
      await watched.over(context, options.baseURL ?? library.server.url);
      return await context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

export { expect };

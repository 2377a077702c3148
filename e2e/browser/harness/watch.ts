/** What no page of Argus may do in any test: break, violate its policy, ask another server. */
import type { BrowserContext } from "@playwright/test";

export class Watch {
  /** Answers that the test provokes, by status; any other that is no success is a fault. */
  readonly allowed = new Set<number>();
  /** What went wrong so far. */
  readonly faults: string[] = [];

  async over(context: BrowserContext, origin: string): Promise<void> {
    context.on("request", (request) => {
      const url = request.url();
      // What comes out of the page itself needs no network.
      if (!url.startsWith(`${origin}/`) && !url.startsWith("data:") && !url.startsWith(`blob:${origin}/`)) {
        this.faults.push(`a request to another origin: ${url.slice(0, 200)}`);
      }
    });
    context.on("response", (answer) => {
      if (answer.status() >= 400 && !this.allowed.has(answer.status())) {
        this.faults.push(`${answer.request().method()} ${answer.url()} was answered ${answer.status()}`);
      }
    });
    context.on("weberror", (error) => {
      this.faults.push(`an error in the page: ${error.error().stack ?? error.error().message}`);
    });
    context.on("console", (message) => {
      // Of answers without success the browser tells too; those are judged above.
      const isAnswer = message.text().startsWith("Failed to load resource: the server responded with");
      if (message.type() === "error" && !isAnswer) {
        this.faults.push(`an error on the console: ${message.text()}`);
      }
    });
    context.on("dialog", (dialog) => {
      this.faults.push(`the page opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await context.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`violated ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
      });
    });
  }
}

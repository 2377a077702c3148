/** What the tests are told by the environment. */
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** The program with the UI in it. */
export function argusBinary(): string {
  return programAt("ARGUS_BINARY", process.env.ARGUS_BINARY, "build argus with the UI and name it there");
}

/** Debian's, unless another is named. Playwright's own is never fetched. */
export function chromiumBinary(): string {
  return programAt(
    "ARGUS_CHROMIUM",
    process.env.ARGUS_CHROMIUM ?? "/usr/bin/chromium",
    "install Chromium (Debian: apt-get install chromium) or name another one there",
  );
}

/** The real client that the live test runs. */
export function claudeBinary(): string {
  return programAt(
    "ARGUS_CLAUDE",
    process.env.ARGUS_CLAUDE,
    "the live test runs the real client: `cargo xtask test` installs it and names it there",
  );
}

/** Hostile strings; the repository's own ones unless a larger corpus is named. */
export function hostileCorpus(): string {
  return (
    process.env.ARGUS_HOSTILE_CORPUS ?? fileURLToPath(new URL("../tests/hostile/own.jsonl", import.meta.url))
  );
}

/** Where screenshots and reports of failures go. */
export function artefactsFolder(): string {
  return process.env.ARGUS_ARTEFACTS ?? path.join(ROOT, "target", "browser");
}

function programAt(name: string, file: string | undefined, remedy: string): string {
  if (file === undefined || !existsSync(file)) {
    throw new Error(
      `${name} ${file === undefined ? "is not set" : `names ${file}, which is not there`}: ${remedy}`,
    );
  }
  return path.resolve(file);
}

/** The real client, offline against a scripted model. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { claudeBinary, ROOT } from "./environment.ts";

/** A run of the kit: telemetry goes to the server while it runs, the rest is recorded in `out`. */
export class ClientRun {
  private constructor(
    private readonly child: ChildProcess,
    readonly out: string,
    private readonly ended: Promise<void>,
  ) {}

  static async start(scenario: URL, server: string, key: string): Promise<ClientRun> {
    const out = await mkdtemp(path.join(tmpdir(), "argus-client-"));
    const child = spawn(
      "python3",
      [
        path.join(ROOT, "e2e/realclient/run"),
        fileURLToPath(scenario),
        ...["--out", out, "--claude", claudeBinary()],
        ...["--otlp-endpoint", server, "--otlp-header", `Authorization=Bearer ${key}`],
      ],
      // A group of its own, so that nothing of it is left when a test gives up.
      { stdio: ["ignore", "ignore", "pipe"], detached: true },
    );
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (piece: string) => {
      said += piece;
    });
    const ended = new Promise<void>((done, refuse) => {
      child.once("error", refuse);
      child.once("exit", (code) =>
        code === 0 ? done() : refuse(new Error(`the client's run ended with ${code}: ${said}`)),
      );
    });
    // It is waited for at the end only.
    ended.catch(() => undefined);
    return new ClientRun(child, out, ended);
  }

  async end(): Promise<void> {
    await this.ended;
  }

  async remove(): Promise<void> {
    if (this.child.exitCode === null && this.child.pid !== undefined) {
      process.kill(-this.child.pid, "SIGKILL");
    }
    await rm(this.out, { recursive: true, force: true });
  }
}

/** The real program, with a data folder of its own. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { argusBinary, ROOT } from "./environment.ts";

const READABLE_WITHIN_MS = 60_000;
const ASK_EVERY_MS = 20;

/** A data folder and the commands on it. Nothing of the environment reaches the program. */
export class Argus {
  private constructor(private readonly folder: string) {}

  static async make(): Promise<Argus> {
    // Short: the local socket lies in it, and its path may have few bytes.
    return new Argus(await mkdtemp(path.join(tmpdir(), "argus-")));
  }

  get data(): string {
    return path.join(this.folder, "data");
  }

  async run(...command: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(argusBinary(), [...command, "--data", this.data], {
      env: {},
      maxBuffer: 64 << 20,
    });
    return stdout;
  }

  /** Imports folders of the repository, or with a whole path from elsewhere, and waits until they can be read. */
  async import(project: string, ...folders: string[]): Promise<void> {
    await this.run("import", ...folders.map((folder) => path.resolve(ROOT, folder)), "--project", project);
  }

  async ingestKey(...projects: string[]): Promise<string> {
    const printed = await this.run("key", "create", ...projects.flatMap((project) => ["--project", project]));
    const key = /argus_\S+/.exec(printed)?.[0];
    if (key === undefined) {
      throw new Error(`argus key create printed no key: ${printed}`);
    }
    return key;
  }

  async serve(...flags: string[]): Promise<Server> {
    const command = ["serve", "--listen", "127.0.0.1:0", "--log", "error", "--data", this.data];
    return await Server.start([...command, ...flags]);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A running server that has nobody yet. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Lets the first person in, once: it is printed when nobody can sign in yet. */
    readonly link: string,
  ) {}

  static async demo(): Promise<Server> {
    return await Server.start(["demo", "--no-open", "--listen", "127.0.0.1:0", "--log", "error"]);
  }

  static async start(command: string[]): Promise<Server> {
    const child = spawn(argusBinary(), command, { env: {}, stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    const link = await new Promise<string>((found, refuse) => {
      child.once("error", refuse);
      child.once("exit", (code) => {
        refuse(new Error(`argus ${command[0]} ended with ${code} before its link; it said: ${printed}`));
      });
      child.stdout.setEncoding("utf8").on("data", (piece: string) => {
        printed += piece;
        const link = /^\s*(http:\S+\/link#\S+)$/m.exec(printed)?.[1];
        if (link !== undefined) {
          found(link);
        }
      });
    });
    return new Server(child, new URL(link).origin, link);
  }

  /** Waits until every record that is stored can be read in its session. */
  async readable(): Promise<void> {
    const deadline = Date.now() + READABLE_WITHIN_MS;
    while (Date.now() < deadline) {
      const metrics = await (await fetch(`${this.url}/metrics`)).text();
      const lags = metrics.split("\n").filter((line) => line.startsWith("argus_projection_lag_records"));
      if (lags.length > 0 && lags.every((line) => line.endsWith(" 0"))) {
        return;
      }
      await pause(ASK_EVERY_MS);
    }
    throw new Error("what was stored can still not be read");
  }

  /** Ends it as an operator does, and minds how it ended. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null) {
      throw new Error(`argus had ended by itself with ${this.child.exitCode}`);
    }
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGTERM");
    const code = await ended;
    if (code !== 0) {
      throw new Error(`argus ended with ${code}`);
    }
  }
}

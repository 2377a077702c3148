/** A server with the recorded sessions and its owner; the tests of a worker share it and leave it as it was. */
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Argus, type Server } from "./argus.ts";
import { ROOT } from "./environment.ts";
import { Person } from "./people.ts";
import { RECORDINGS, TELEMETRY_RECORDING } from "./sessions.ts";
import type { Transcript } from "./transcript.ts";

/** The server takes ten thousand in one request. */
const ENVELOPES_MAX = 5_000;

export class Library {
  private constructor(
    readonly argus: Argus,
    readonly server: Server,
    readonly owner: Person,
  ) {}

  static async empty(...flags: string[]): Promise<Library> {
    const argus = await Argus.make();
    const server = await argus.serve(...flags);
    return new Library(argus, server, await Person.owner(server));
  }

  static async recorded(): Promise<Library> {
    const library = await Library.empty();
    for (const [project, folders] of Object.entries(RECORDINGS)) {
      await library.argus.import(project, ...folders);
    }
    await importTelemetryOnly(library.argus);
    return library;
  }

  /** Sends what a client would: an OTLP request or envelopes, and waits until it can be read. */
  async send(pathname: "/v1/logs" | "/v1/envelopes", project: string, body: unknown): Promise<void> {
    const answer = await fetch(`${this.server.url}${pathname}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        authorization: `Bearer ${await this.ingestKey(project)}`,
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${pathname}: ${answer.status} ${await answer.text()}`);
    }
    await this.server.readable();
  }

  /** Sends made sessions whole. */
  async take(project: string, ...transcripts: Transcript[]): Promise<void> {
    const envelopes = transcripts.flatMap((transcript) => transcript.envelopes);
    for (let from = 0; from < envelopes.length; from += ENVELOPES_MAX) {
      await this.send("/v1/envelopes", project, { envelopes: envelopes.slice(from, from + ENVELOPES_MAX) });
    }
  }

  private readonly keys = new Map<string, Promise<string>>();

  ingestKey(project: string): Promise<string> {
    const key = this.keys.get(project) ?? this.argus.ingestKey(project);
    this.keys.set(project, key);
    return key;
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.argus.remove();
  }
}

async function importTelemetryOnly(argus: Argus): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "argus-telemetry-"));
  try {
    await cp(path.join(ROOT, TELEMETRY_RECORDING, "otlp"), path.join(folder, "otlp"), { recursive: true });
    await argus.import("other", folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

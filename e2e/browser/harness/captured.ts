/** What a capture client says beside a session, as it sends it: skills, MCP servers, what it lost. */
import { createHash } from "node:crypto";

import type { Json, Transcript } from "./transcript.ts";

type Body = { [name: string]: Json };

/** Envelopes of one machine. */
export class Machine {
  constructor(
    readonly id: string,
    readonly name: string,
  ) {}

  /** The transcript as this machine's client sends it. */
  sends(transcript: Transcript): object[] {
    return transcript.envelopes.map((envelope) => ({ ...(envelope as Body), device: this.id }));
  }

  says(session: string | null, key: string, body: Body): object {
    return {
      version: 1,
      source: "capture",
      session_id: session,
      key,
      device: this.id,
      captured_at: "2026-11-20T08:10:00Z",
      body,
    };
  }

  /** A look at a skill's folder: when the session began, or after it ran. */
  looked(session: string, skill: Skill, at: "start" | "stop", state: string | null): object {
    const { name, label, hash } = skill;
    return this.says(session, `skill_tree\0${session}\0${name}\0${hash}\0${at}`, {
      type: "skill_tree",
      name,
      label,
      hash,
      path: `/home/dev/.claude/skills/${name}`,
      origin: "personal",
      plugin: null,
      state,
      at,
      files: Object.keys(skill.files).length,
    });
  }

  filesOf({ name, label, hash, files }: Skill): object {
    return this.says(null, `skill_files\0${name}\0${hash}`, {
      type: "skill_files",
      name,
      label,
      hash,
      skill_md_hash: hash,
      body_hash: hash,
      files: Object.entries(files).map(([path, text]) => ({
        path,
        size: sizeOf(text),
        sha256: contentHash(text),
        ...(text === null ? { is_binary: true } : { text, is_redacted: false }),
      })),
    });
  }

  lists(servers: Body[]): object {
    return this.says(null, `inventory\0${this.id}\0${servers.length}`, {
      type: "inventory",
      device: { id: this.id, name: this.name, os: "linux", arch: "x86_64" },
      mcp_servers: servers,
      plugins: [],
    });
  }

  lost(session: string, count: number): object {
    return this.says(session, `lost\0${session}`, {
      type: "lost",
      reason: "spool_full",
      count,
      bytes: count * 400,
      by_source: { transcript: count },
      from: "2026-11-20T08:00:00Z",
      to: "2026-11-20T08:05:00Z",
      session_id: session,
    });
  }
}

function sizeOf(text: string | null): number {
  return text === null ? 2048 : new TextEncoder().encode(text).length;
}

function contentHash(text: string | null): string {
  return createHash("sha256")
    .update(text ?? "")
    .digest("hex");
}

/** The hash of a skill's folder, as capture clients make it: the server looks whether it fits the files. */
export function versionOf(files: Skill["files"]): string {
  const hash = createHash("sha256");
  for (const [path, text] of Object.entries(files)) {
    hash.update(`${path}\0${sizeOf(text)}\0${contentHash(text)}\n`);
  }
  return hash.digest("hex");
}

export interface Skill {
  name: string;
  label: string | null;
  hash: string;
  /** Texts by path; null for what is no text. */
  files: Record<string, string | null>;
}

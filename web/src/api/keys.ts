import type { NameKey } from "./sessions";
import type { SessionSort } from "./types";

/** Query keys, from the general to the particular: a prefix names everything below it. */
export const queryKeys = {
  self: ["self"] as const,
  signIn: ["sign-in"] as const,
  link: (token: string) => ["link", token] as const,
  signIns: ["sign-ins"] as const,
  sessionList: (workspace: string, filter: string, sort: SessionSort, fold: string) =>
    ["workspace", workspace, "sessions", "list", filter, sort, fold] as const,
  sessionTitles: (workspace: string, sessions: readonly string[]) =>
    ["workspace", workspace, "sessions", "titles", sessions] as const,
  views: (workspace: string) => ["workspace", workspace, "views"] as const,
  search: (workspace: string, q: string, filter: string) =>
    ["workspace", workspace, "search", q, filter] as const,
  palette: (workspace: string) => ["workspace", workspace, "palette"] as const,
  session: (workspace: string, session: string) => ["workspace", workspace, "session", session] as const,
  sessionHead: (workspace: string, session: string) =>
    ["workspace", workspace, "session", session, "head"] as const,
  turns: (workspace: string, session: string) =>
    ["workspace", workspace, "session", session, "turns"] as const,
  steps: (workspace: string, session: string, agent: string | undefined, offset: number) =>
    ["workspace", workspace, "session", session, "steps", agent ?? "all", offset] as const,
  stepKinds: (workspace: string, session: string, agent: string | undefined) =>
    ["workspace", workspace, "session", session, "kinds", agent ?? "all"] as const,
  find: (workspace: string, session: string, words: string, offset: number) =>
    ["workspace", workspace, "session", session, "find", words, offset] as const,
  step: (workspace: string, session: string, step: string) =>
    ["workspace", workspace, "session", session, "step", step] as const,
  errors: (workspace: string, session: string) =>
    ["workspace", workspace, "session", session, "errors"] as const,
  conversation: (workspace: string, session: string) =>
    ["workspace", workspace, "session", session, "conversation"] as const,
  reviews: (workspace: string, session: string) =>
    ["workspace", workspace, "session", session, "reviews"] as const,
  reviewers: (workspace: string) => ["workspace", workspace, "reviewers"] as const,
  mentions: (workspace: string) => ["workspace", workspace, "mentions"] as const,
  rubrics: (workspace: string) => ["workspace", workspace, "rubrics"] as const,
  rubric: (workspace: string, rubric: string, version: number | undefined) =>
    ["workspace", workspace, "rubrics", rubric, version ?? "newest"] as const,
  queues: (workspace: string) => ["workspace", workspace, "queues"] as const,
  queue: (workspace: string, queue: string) => ["workspace", workspace, "queues", queue] as const,
  queueItems: (workspace: string, queue: string, state: string) =>
    ["workspace", workspace, "queues", queue, "items", state] as const,
  queueTurn: (workspace: string, queue: string) => ["workspace", workspace, "queue-turn", queue] as const,
  myQueue: (workspace: string) => ["workspace", workspace, "my-queue"] as const,
  gold: (workspace: string) => ["workspace", workspace, "gold"] as const,
  agreement: (workspace: string, query: object) => ["workspace", workspace, "agreement", query] as const,
  rates: (workspace: string, query: object) => ["workspace", workspace, "rates", query] as const,
  names: (workspace: string, key: NameKey, text: string) =>
    ["workspace", workspace, "names", key, text] as const,
  members: (workspace: string) => ["workspace", workspace, "members"] as const,
  invitations: (workspace: string) => ["workspace", workspace, "invitations"] as const,
  plugin: (workspace: string) => ["workspace", workspace, "plugin"] as const,
  capturePolicy: (workspace: string) => ["workspace", workspace, "capture-policy"] as const,
  tombstones: (workspace: string) => ["workspace", workspace, "tombstones"] as const,
  devices: (workspace: string) => ["workspace", workspace, "devices"] as const,
  deviceRequest: (code: string) => ["device-request", code] as const,
  shares: (workspace: string) => ["workspace", workspace, "shares"] as const,
  sharesOf: (workspace: string, session: string) =>
    ["workspace", workspace, "shares", "of", session] as const,
  shareOpenings: (workspace: string, share: string) =>
    ["workspace", workspace, "shares", "openings", share] as const,
  apiKeys: (workspace: string) => ["workspace", workspace, "keys"] as const,
  skills: (workspace: string) => ["workspace", workspace, "skills"] as const,
  skillVersion: (workspace: string, skill: string, hash: string) =>
    ["workspace", workspace, "skills", skill, hash] as const,
  skillText: (workspace: string, skill: string, hash: string, path: string) =>
    ["workspace", workspace, "skills", skill, hash, "text", path] as const,
  mcpServers: (workspace: string) => ["workspace", workspace, "mcp-servers"] as const,
  coverage: (workspace: string) => ["workspace", workspace, "coverage"] as const,
  redaction: (workspace: string) => ["workspace", workspace, "redaction"] as const,
  redactionCounts: (workspace: string) => ["workspace", workspace, "redaction", "counts"] as const,
  ruleTitles: (workspace: string) => ["workspace", workspace, "redaction", "titles"] as const,
};

import type { NameKey } from "@/api/sessions";

/** What the values of a key are; as in the server's `filter.rs`. */
type FilterKind = "id" | "name" | "choice" | "time" | "number" | "word";

export interface FilterKey {
  key: string;
  kind: FilterKind;
  /** For the facet menu and the completion list. */
  says: string;
  /** The only values that it takes. */
  choices?: readonly string[];
  /** Its values can be asked for. */
  names?: NameKey;
}

export const FILTER_KEYS: readonly FilterKey[] = [
  { key: "project", kind: "name", says: "a project it is seen in", names: "project" },
  { key: "user", kind: "name", says: "the person", names: "user" },
  { key: "model", kind: "name", says: "a model that answered", names: "model" },
  { key: "skill", kind: "name", says: "a skill that ran", names: "skill" },
  {
    key: "skill_version",
    kind: "name",
    says: "a version that ran: name@hash",
    names: "skill_version",
  },
  { key: "new_skill", kind: "time", says: "ran a version of a skill first seen since" },
  { key: "tool", kind: "name", says: "a tool that was called", names: "tool" },
  { key: "mcp", kind: "name", says: "an MCP server that was seen", names: "mcp" },
  {
    key: "outcome",
    kind: "choice",
    says: "how one of its turns ended",
    choices: ["answered", "interrupted", "withdrawn", "refused", "failed", "open", "unknown"],
  },
  {
    key: "first_turn",
    kind: "choice",
    says: "what the person did with the first answer",
    choices: ["accepted", "not_accepted", "unknown"],
  },
  { key: "kind", kind: "choice", says: "what kind of session", choices: ["automated", "single_turn"] },
  { key: "error", kind: "choice", says: "whether anything failed", choices: ["yes", "no"] },
  {
    key: "surface",
    kind: "choice",
    says: "where the person sat",
    choices: [
      "terminal",
      "headless",
      "ide",
      "desktop",
      "cowork",
      "cowork_remote",
      "web",
      "claude_code",
      "claude_ai",
      "unknown",
    ],
  },
  {
    key: "source",
    kind: "choice",
    says: "a source that attests it",
    choices: [
      "hook",
      "transcript",
      "otel_log",
      "otel_metric",
      "otel_span",
      "cowork_audit",
      "compliance_api",
      "inference_hook",
      "capture",
    ],
  },
  { key: "version", kind: "name", says: "version of the client", names: "version" },
  {
    key: "coverage",
    kind: "choice",
    says: "how much of it was seen",
    choices: ["complete", "partial", "single_witness", "unknown"],
  },
  { key: "after", kind: "time", says: "going on at or after: a day, or 7d, 24h, 30m ago" },
  { key: "before", kind: "time", says: "going on before" },
  { key: "from", kind: "time", says: "the same as after" },
  { key: "to", kind: "time", says: "the same as before" },
  { key: "started", kind: "time", says: "when it started" },
  { key: "ended", kind: "time", says: "when it ended" },
  { key: "cost", kind: "number", says: "in US dollars" },
  { key: "duration", kind: "number", says: "in seconds" },
  { key: "turns", kind: "number", says: "number of turns" },
  { key: "steps", kind: "number", says: "number of steps" },
  { key: "calls", kind: "number", says: "number of tool calls" },
  { key: "errors", kind: "number", says: "number of steps that failed" },
  {
    key: "verdict",
    kind: "choice",
    says: "what somebody says of it now",
    choices: ["good", "wrong", "none"],
  },
  { key: "tag", kind: "name", says: "a tag on it, or on a turn of it", names: "tag" },
  { key: "score", kind: "number", says: "a score that somebody gave it, in percent" },
  { key: "reviewer", kind: "name", says: "who judged it: a name, or me", names: "reviewer" },
  { key: "judged", kind: "time", says: "a verdict or score that stands was given since" },
  { key: "commented", kind: "choice", says: "whether it has comments", choices: ["yes", "no"] },
  { key: "prompt", kind: "word", says: "a word in what was asked" },
  { key: "answer", kind: "word", says: "a word in what was answered" },
  { key: "thinking", kind: "word", says: "a word in what was thought" },
  { key: "input", kind: "word", says: "a word in what a tool was given" },
  { key: "output", kind: "word", says: "a word in what a tool gave back" },
  { key: "notice", kind: "word", says: "a word in what the client said" },
  { key: "id", kind: "id", says: "the session's id, or its beginning" },
];

export function filterKey(name: string): FilterKey | undefined {
  return FILTER_KEYS.find(({ key }) => key === name);
}

/** Whether `>`, `>=`, `<` and `<=` can follow. */
export function isCompared({ key, kind }: FilterKey): boolean {
  return kind === "number" || (kind === "time" && (key === "started" || key === "ended"));
}

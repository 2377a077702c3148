/** The API's names in a reader's words. */
import type { Outcome, PromptKind, Source, StepKind, Surface, Tool } from "@/api/types";
import { visibleLine } from "./text/visible";

export const OUTCOMES: Record<Outcome, string> = {
  answered: "answered",
  interrupted: "interrupted",
  withdrawn: "withdrawn",
  refused: "refused",
  failed: "failed",
  open: "still open",
  unknown: "outcome unknown",
};

export const OUTCOME_SENTENCES: Partial<Record<Outcome, string>> = {
  interrupted: "Interrupted before an answer was complete.",
  withdrawn: "Withdrawn: nothing came of this prompt.",
  refused: "Refused: the model or its safeguards stopped the answer.",
  failed: "Failed: the request to the model ended in an error.",
};

export const PROMPT_KINDS: Record<PromptKind, string> = {
  typed: "",
  queued: "queued",
  slash_command: "slash command",
  skill: "skill",
  mcp_prompt: "MCP prompt",
  bash: "shell command",
  task_notification: "task notification",
  builtin_command: "built-in command",
  unknown: "",
};

export const STEP_KINDS: Record<StepKind, string> = {
  prompt: "Prompt",
  thinking: "Thinking",
  text: "Text",
  tool_call: "Tool call",
  skill: "Skill",
  permission: "Permission",
  compaction: "Compaction",
  model_request: "Model request",
  notice: "Notice",
  error: "Error",
};

export const SURFACES: Record<Surface, string> = {
  terminal: "in the terminal",
  headless: "headless",
  ide: "in an IDE",
  desktop: "on the desktop",
  cowork: "in Cowork",
  cowork_remote: "in Cowork in the cloud",
  web: "on the web",
  claude_code: "in Claude Code",
  claude_ai: "in claude.ai",
  unknown: "",
};

/** Sources that tell of single steps; metrics tell of sums only, and capture of skills and servers. */
export const STEP_SOURCES: ReadonlySet<Source> = new Set([
  "hook",
  "transcript",
  "otel_log",
  "otel_span",
  "cowork_audit",
  "compliance_api",
  "inference_hook",
]);

const DECIDERS = new Map([
  ["config", "the client's settings"],
  ["hook", "a hook"],
  ["user_temporary", "the user, this once"],
  ["user_permanent", "the user, for good"],
  ["user_reject", "the user"],
  ["user_abort", "the user, by interrupting"],
]);

/** Who let a call run or did not: `Denied by the user`. */
export function decisionWords(tool: Pick<Tool, "decision" | "decision_source">): string | undefined {
  if (tool.decision === null) {
    return undefined;
  }
  const verb = tool.decision === "accept" ? "Allowed" : "Denied";
  const by =
    tool.decision_source === null
      ? undefined
      : (DECIDERS.get(tool.decision_source) ?? visibleLine(tool.decision_source, 80));
  return by === undefined ? verb : `${verb} by ${by}`;
}

const NOTICES = new Map([
  ["seen_in_several_projects", "Seen in several projects: only those who may read all of them see it."],
  ["fork_total_unknown", "A fork: its own part of the client's total cost is unknown."],
]);

export const noticeWords = (notice: string) =>
  NOTICES.get(notice) ?? visibleLine(notice, 200).replaceAll("_", " ");

const LINKS = new Map<string, [older: string, newer: string]>([
  ["fork", ["Forked from", "Forked into"]],
  ["clear", ["After /clear of", "Cleared into"]],
  ["resume", ["Resumes", "Resumed as"]],
  ["same", ["Anthropic's record of", "In Anthropic's records:"]],
]);

/** How a session came out of an older one, said from either side. */
export const linkWords = (kind: string) =>
  LINKS.get(kind) ?? [`Follows (${visibleLine(kind, 40)})`, `Followed by (${visibleLine(kind, 40)})`];

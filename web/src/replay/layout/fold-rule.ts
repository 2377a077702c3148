/**
 * Which steps stand for themselves and which are folded into a line, by mode. Errors, denials and what was searched for are
 * never folded. Pure.
 */
import type { TurnRow } from "@/api/types";
import type { StepKinds } from "./step-kinds";

/** How much of a session is shown: everything, runs of calls as a line, prompts and answers only, or the records themselves. */
export const MODES = ["full", "skim", "focus", "raw"] as const;
export type Mode = (typeof MODES)[number];

/** Modes that fold steps into runs. */
export const foldsRuns = (mode: Mode): mode is "skim" | "focus" => mode === "skim" || mode === "focus";

/** Steps that stand for themselves where runs are folded. */
const STANDS_IN_SKIM = new Set(["prompt", "text", "skill", "compaction", "error"]);
const STANDS_IN_FOCUS = new Set(["prompt", "compaction", "error"]);

/** What is shown of one turn's steps: a step by its place, or a run of folded ones. */
export interface Part {
  from: number;
  /** One past the last; `from + 1` for a step. */
  to: number;
  isRun: boolean;
}

export function partsOf(
  turn: Pick<TurnRow, "first_step" | "step_count">,
  kinds: StepKinds,
  mode: "skim" | "focus",
  found: ReadonlySet<number>,
): Part[] {
  const parts: Part[] = [];
  const end = Math.min(turn.first_step + turn.step_count, kinds.count);
  const answer = mode === "focus" ? answerOf(turn.first_step, end, kinds) : undefined;
  let run: Part | undefined;
  const close = () => {
    // Requests alone are no news: what came out of them stands beside them.
    if (run && somethingIn(run, kinds)) {
      parts.push(run);
    }
    run = undefined;
  };
  for (let index = turn.first_step; index < end; index++) {
    if (found.has(index) || index === answer || stands(index, kinds, mode)) {
      close();
      parts.push({ from: index, to: index + 1, isRun: false });
    } else {
      run ??= { from: index, to: index, isRun: true };
      run.to = index + 1;
    }
  }
  close();
  return parts;
}

function stands(index: number, kinds: StepKinds, mode: "skim" | "focus"): boolean {
  if (kinds.isError(index)) {
    return true;
  }
  if (kinds.isOfAgent(index)) {
    return false;
  }
  return (mode === "skim" ? STANDS_IN_SKIM : STANDS_IN_FOCUS).has(kinds.kindOf(index));
}

/** The last text of the main agent. */
function answerOf(from: number, end: number, kinds: StepKinds): number | undefined {
  for (let index = end - 1; index >= from; index--) {
    if (kinds.kindOf(index) === "text" && !kinds.isOfAgent(index)) {
      return index;
    }
  }
  return undefined;
}

function somethingIn(run: Part, kinds: StepKinds): boolean {
  for (let index = run.from; index < run.to; index++) {
    if (kinds.kindOf(index) !== "model_request") {
      return true;
    }
  }
  return false;
}

/** What a run of folded steps holds. */
export interface RunSummary {
  calls: number;
  /** Names of tools with how often they were called, most often first. */
  tools: [name: string, times: number][];
  thoughts: number;
  texts: number;
  skills: number;
  notices: number;
  permissions: number;
  /** Steps of sub-agents, of whatever kind. */
  ofAgents: number;
  /** The calls' time together; 0 where none is known. */
  us: number;
}

export function summaryOf(from: number, to: number, kinds: StepKinds): RunSummary {
  const tools = new Map<string, number>();
  const summary: RunSummary = {
    calls: 0,
    tools: [],
    thoughts: 0,
    texts: 0,
    skills: 0,
    notices: 0,
    permissions: 0,
    ofAgents: 0,
    us: 0,
  };
  for (let index = from; index < to; index++) {
    const kind = kinds.kindOf(index);
    if (kinds.isOfAgent(index)) {
      summary.ofAgents += kind === "model_request" ? 0 : 1;
    } else if (kind === "tool_call") {
      summary.calls++;
      summary.us += kinds.durationOf(index) ?? 0;
      const name = kinds.toolOf(index) ?? "";
      tools.set(name, (tools.get(name) ?? 0) + 1);
    } else if (kind === "thinking") {
      summary.thoughts++;
    } else if (kind === "text") {
      summary.texts++;
    } else if (kind === "skill") {
      summary.skills++;
    } else if (kind === "permission") {
      summary.permissions++;
    } else if (kind === "notice") {
      summary.notices++;
    }
  }
  summary.tools = [...tools].sort(([, one], [, other]) => other - one);
  return summary;
}

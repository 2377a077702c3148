/** What a turn came to: the answer that it ended with, and the files that were changed on the way. */
import { queryOptions } from "@tanstack/react-query";
import { queryKeys } from "@/api/keys";
import { getStep, listSteps } from "@/api/sessions";
import type { Json, Step, TurnRow } from "@/api/types";
import { bytesMissing } from "@/replay/text/LongText";

/** How many steps of a turn are looked at in one request. */
const STEPS_AT_ONCE = 200;
/** How far back from the turn's end it is looked. */
const STEPS_MAX = 1_000;
const TEXT_BYTES_MAX = 65_536;

export interface Digest {
  /** As it was captured; empty where the turn has none. */
  answer: string;
  files: ChangedFile[];
  /** Steps at the turn's beginning that were not looked at. */
  unseen: number;
}

export interface ChangedFile {
  path: string;
  times: number;
  /** The first step that changed it. */
  step: string;
}

/** The texts that the turn ended with; those of sub-agents and what came before the last call are none. */
export function answerSteps(steps: readonly Step[]): Step[] {
  const own = steps.filter(({ agent_id }) => agent_id === null);
  const lastCall = own.findLastIndex(({ kind }) => kind === "tool_call");
  const texts = (from: readonly Step[]) => from.filter(({ kind }) => kind === "text");
  const after = texts(own.slice(lastCall + 1));
  return after.length > 0 ? after : texts(own).slice(-1);
}

const CHANGING = new Set(["Write", "Edit", "MultiEdit", "NotebookEdit"]);

/** Files that calls changed; what a call was denied or failed at is none. */
export function changedFiles(steps: readonly Step[]): ChangedFile[] {
  const files = new Map<string, ChangedFile>();
  for (const { id, kind, tool, is_error } of steps) {
    // Whoever was asked for leave changed nothing by it.
    const isCall = kind === "tool_call" && !is_error;
    const path = isCall && tool && CHANGING.has(tool.name ?? "") ? pathOf(tool.input) : undefined;
    if (path) {
      const known = files.get(path);
      files.set(path, { path, times: (known?.times ?? 0) + 1, step: known?.step ?? id });
    }
  }
  return [...files.values()];
}

function pathOf(input: Json | undefined): string | undefined {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return undefined;
  }
  const path = input.file_path ?? input.notebook_path;
  return typeof path === "string" && path !== "" ? path : undefined;
}

export const digestQuery = (workspace: string, session: string, turn: TurnRow) =>
  queryOptions({
    queryKey: [...queryKeys.session(workspace, session), "digest", turn.id, turn.step_count],
    queryFn: async ({ signal }): Promise<Digest> => {
      const end = turn.first_step + turn.step_count;
      const start = Math.max(turn.first_step, end - STEPS_MAX);
      const steps: Step[] = [];
      for (let offset = start; offset < end; offset += STEPS_AT_ONCE) {
        const limit = Math.min(STEPS_AT_ONCE, end - offset);
        const query = { offset, limit, text_bytes_max: TEXT_BYTES_MAX };
        const { items } = await listSteps(workspace, session, query, signal);
        steps.push(...items.map(({ step }) => step));
      }
      const texts = await Promise.all(
        answerSteps(steps).map(async (step) =>
          bytesMissing(step.text ?? "", step.text_bytes) > 0
            ? (await getStep(workspace, session, step.id, signal)).step.text
            : step.text,
        ),
      );
      return {
        answer: texts.filter((text) => text !== null && text !== undefined).join("\n\n"),
        files: changedFiles(steps),
        unseen: start - turn.first_step,
      };
    },
    gcTime: 60_000,
  });

import { useQuery } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { TurnRow } from "@/api/types";
import { kindsQuery } from "./data";
import type { Where } from "./find-step";
import { foldsRuns, type Mode } from "./layout/fold-rule";
import { foldedLayout } from "./layout/folded-rows";
import { layoutOfSteps, layoutOfTurns, type RowLayout, rowAt, rowOfStep } from "./layout/rows";
import type { StepKinds } from "./layout/step-kinds";
import { useSettled } from "./text/LongText";

const MARKS_AFTER_MS = 700;

export interface Reading {
  layout: RowLayout;
  /** Undefined until they have come. */
  kinds: StepKinds | undefined;
  /** Steps that were searched for. */
  found: ReadonlySet<number>;
  /** Opens or folds the run that begins with a step. */
  openRun: (from: number, open: boolean) => void;
  /** Opens the run that a step is folded into. */
  reveal: (step: number) => void;
}

/** The rows of the transcript: the session's, folded as the mode says. */
export function useLayout({
  where,
  turns,
  agentSteps,
  mode,
  found,
  opensAt,
}: {
  where: Where;
  turns: readonly TurnRow[];
  agentSteps: number;
  mode: Mode;
  /** Steps that are never folded, since they were searched for. */
  found: ReadonlySet<number>;
  /** A step that the address names: whatever it is folded into is open. */
  opensAt: number | undefined;
}): Reading {
  const { agent } = where;
  // Unfolded, they are for marks alone: the first picture does not wait behind them.
  const settled = useSettled(MARKS_AFTER_MS);
  const kinds = useQuery({ ...kindsQuery(where), enabled: foldsRuns(mode) || settled }).data;
  const plain = useMemo(
    () => (agent === undefined ? layoutOfTurns(turns) : layoutOfSteps(agentSteps)),
    [agent, turns, agentSteps],
  );
  const folded = useCallback(
    (open: ReadonlySet<number>) =>
      foldsRuns(mode) && kinds ? foldedLayout(plain, kinds, mode, open, found) : plain,
    [mode, kinds, plain, found],
  );
  const [open, setOpen] = useState<ReadonlySet<number>>(() =>
    opensAt === undefined ? NONE : withRunOf(folded(NONE), opensAt, NONE),
  );
  const layout = useMemo(() => folded(open), [folded, open]);

  const openRun = useCallback((from: number, isOpen: boolean) => {
    setOpen((before) => {
      const after = new Set(before);
      after[isOpen ? "add" : "delete"](from);
      return after;
    });
  }, []);
  const reveal = useCallback(
    (step: number) => setOpen((before) => withRunOf(layout, step, before)),
    [layout],
  );
  return { layout, kinds, found, openRun, reveal };
}

const NONE: ReadonlySet<number> = new Set();

function withRunOf(layout: RowLayout, step: number, open: ReadonlySet<number>): ReadonlySet<number> {
  const row = rowAt(layout, rowOfStep(layout, step));
  return row?.kind === "run" ? new Set(open).add(row.from) : open;
}

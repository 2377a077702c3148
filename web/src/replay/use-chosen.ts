import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useCallback, useEffect, useEffectEvent, useState } from "react";
import { flushSync } from "react-dom";
import type { StepRow, TurnRow } from "@/api/types";
import { stepQuery } from "./data";
import { nextError, nextStep, stepAt, type Where } from "./find-step";
import type { Folds } from "./folds";
import { firstStepOf, nextStop, rowAt, rowOfStep } from "./layout/rows";
import { opensByItself } from "./transcript/StepRow";
import type { TranscriptHandle } from "./transcript/Transcript";
import type { Reading } from "./use-layout";
import { usePlace } from "./use-place";

export interface Chosen {
  item: StepRow | undefined;
  /** What the address names and the session does not have. */
  missing: { kind: "step" | "turn"; id: string } | undefined;
  choose: (item: StepRow, replace: boolean) => void;
  clear: () => void;
  /** Chooses nothing, and shows a turn; `address` where the address does not follow by itself. */
  showTurn: (turn: TurnRow, address: boolean) => void;
  /** Chooses the step at a place and shows it. */
  toPlace: (index: number) => Promise<void>;
  move: (direction: 1 | -1) => Promise<void>;
  /** False when there is none further down. */
  toNextError: () => Promise<boolean>;
  toggleFold: () => void;
  /** Opens or folds the run of steps that the chosen one is in. */
  toggleRun: () => void;
}

/**
 * The chosen step. The address says which it is; on a sub-agent's page, which has no addresses of steps, the
 * reader alone. A step or turn that the address names anew is scrolled to.
 */
export function useChosen({
  where,
  turn,
  step,
  reading,
  transcript,
  folds,
  shownTurn,
}: {
  where: Where;
  turn: string | undefined;
  step: string | undefined;
  reading: Reading;
  transcript: RefObject<TranscriptHandle | null>;
  folds: Folds;
  /** The turn that the address names because it is shown already. */
  shownTurn: RefObject<string | undefined>;
}): Chosen {
  const { workspace, session, agent } = where;
  const { layout, kinds, found, openRun, reveal } = reading;
  const queryClient = useQueryClient();
  const place = usePlace(workspace, session);
  const [picked, setPicked] = useState<StepRow>();

  const known = picked !== undefined && (agent !== undefined || picked.step.id === step);
  const asked = useQuery({
    ...stepQuery(workspace, session, step ?? ""),
    enabled: step !== undefined && !known,
  });
  const named = step !== undefined && !known ? (asked.data ?? undefined) : undefined;
  const item = known ? picked : named;

  const namedIndex = named?.index;
  const revealed = useEffectEvent(reveal);
  useEffect(() => {
    if (namedIndex === undefined) {
      return;
    }
    let left = false;
    // With its page there, the rows around it have their true heights at once.
    stepAt(queryClient, where, namedIndex).then(() => {
      if (!left) {
        // The rows that it opens must be there to be scrolled to.
        flushSync(() => revealed(namedIndex));
        transcript.current?.showStep(namedIndex, "start");
      }
    });
    return () => {
      left = true;
    };
  }, [namedIndex, queryClient, where, transcript]);

  const stepMissing = step !== undefined && !known && asked.data === null;
  const turnPlace =
    turn !== undefined && (step === undefined || stepMissing)
      ? layout.turns.find((each) => each.id === turn)?.index
      : undefined;
  useEffect(() => {
    if (turnPlace !== undefined && shownTurn.current !== turn) {
      shownTurn.current = turn;
      transcript.current?.showTurn(turnPlace);
    }
  }, [turn, turnPlace, transcript, shownTurn]);

  const choose = useCallback(
    (chosen: StepRow, replace: boolean) => {
      setPicked(chosen);
      if (agent === undefined) {
        place.toStep(chosen.turn_id, chosen.step.id, replace);
      }
    },
    [agent, place],
  );
  const clear = useCallback(() => {
    setPicked(undefined);
    if (agent !== undefined || turn === undefined) {
      return;
    }
    if (!layout.turns.some((each) => each.id === turn)) {
      place.toSession(false);
    } else if (step !== undefined) {
      shownTurn.current = turn;
      place.toTurn(turn, false);
    }
  }, [agent, place, step, turn, layout, shownTurn]);

  const showTurn = useCallback(
    (shown: TurnRow, address: boolean) => {
      setPicked(undefined);
      shownTurn.current = shown.id;
      transcript.current?.showTurn(shown.index);
      if (address) {
        place.toTurn(shown.id, true);
      }
    },
    [place, shownTurn, transcript],
  );

  const go = (next: StepRow | undefined): boolean => {
    if (next) {
      choose(next, true);
      transcript.current?.showStep(next.index, "auto");
    }
    return next !== undefined;
  };
  /** The next step that stands for itself, or that stands for a run. */
  const nextShown = async (from: number, direction: 1 | -1): Promise<StepRow | undefined> => {
    let place = nextStop(layout, rowOfStep(layout, from), direction);
    let row = rowAt(layout, place ?? -1);
    while (place !== undefined && row?.kind === "step" && isRequest(row.index) && !found.has(row.index)) {
      place = nextStop(layout, place, direction);
      row = rowAt(layout, place ?? -1);
    }
    let index = firstStepOf(row);
    // A request says the least of a run.
    while (row?.kind === "run" && index !== undefined && index + 1 < row.to && isRequest(index)) {
      index++;
    }
    return index === undefined ? undefined : await stepAt(queryClient, where, index);
  };
  const isRequest = (index: number) => kinds?.kindOf(index) === "model_request";
  return {
    item,
    missing: stepMissing
      ? { kind: "step", id: step }
      : step === undefined && turn !== undefined && turnPlace === undefined
        ? { kind: "turn", id: turn }
        : undefined,
    choose,
    clear,
    showTurn,
    toPlace: async (index) => {
      const found = await stepAt(queryClient, where, index);
      if (found) {
        flushSync(() => reveal(index));
        choose(found, false);
        transcript.current?.showStep(index, "auto");
      }
    },
    move: async (direction) => {
      // With nothing chosen, stepping begins with what is read.
      const from = item?.index ?? (transcript.current?.firstSeen() ?? 0) - 1;
      go(
        layout.folded
          ? await nextShown(from, direction)
          : await nextStep(queryClient, where, from, direction, layout.steps),
      );
    },
    toNextError: async () => {
      const from = item?.index ?? (transcript.current?.firstSeen() ?? 0) - 1;
      return go(await nextError(queryClient, where, from, layout.steps));
    },
    toggleFold: () => {
      const row = item && rowAt(layout, rowOfStep(layout, item.index));
      if (row?.kind === "run") {
        openRun(row.from, !row.open);
      } else if (item) {
        folds.set(
          item.step.id,
          !(folds.get(item.step.id) ?? opensByItself(item.step, found.has(item.index))),
        );
      }
    },
    toggleRun: () => {
      const run = item && layout.folded?.runOf(item.index, layout);
      if (run) {
        openRun(run.from, !run.open);
      }
    },
  };
}

import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useRef } from "react";
import { type RowLayout, rowOfStep, stepsAmong } from "../layout/rows";

/** When the same steps are folded in another way, what was read stays where it was read. */
export function useSamePlace(
  layout: RowLayout,
  raw: boolean,
  chosen: number | undefined,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  hold: (row: number) => void,
) {
  const read = useRef<number>(undefined);
  const before = useRef({ layout, raw });

  useLayoutEffect(() => {
    const { layout: wasLayout, raw: wasRaw } = before.current;
    before.current = { layout, raw };
    const step = read.current;
    // What is folded or opened below moves nothing that is read.
    if (step !== undefined && (raw !== wasRaw || rowOfStep(layout, step) !== rowOfStep(wasLayout, step))) {
      hold(rowOfStep(layout, step));
    }
  }, [layout, raw, hold]);

  useEffect(() => {
    const top = virtualizer.scrollOffset ?? 0;
    const bottom = top + (virtualizer.scrollRect?.height ?? 0);
    const row = chosen === undefined ? undefined : virtualizer.measurementsCache[rowOfStep(layout, chosen)];
    const isChosenSeen = row !== undefined && row.start >= top && row.end <= bottom;
    const seen = stepsAmong(layout, virtualizer.range?.startIndex ?? 0, layout.count - 1);
    read.current = top < AT_THE_TOP ? undefined : isChosenSeen ? chosen : seen?.[0];
  });
}

/** Nearer to the beginning than this, the beginning is what is read. */
const AT_THE_TOP = 24;

/** The outline's lines: turns, and the pauses between them. */
import type { RowLayout } from "../layout/rows";

export type OutlineEntry = { kind: "turn"; place: number } | { kind: "gap"; us: number };

export function outlineEntries(layout: RowLayout): { entries: OutlineEntry[]; entryOfTurn: number[] } {
  const entries: OutlineEntry[] = [];
  const entryOfTurn: number[] = [];
  layout.turns.forEach((_, place) => {
    const us = layout.gaps[place];
    if (us !== undefined) {
      entries.push({ kind: "gap", us });
    }
    entryOfTurn.push(entries.length);
    entries.push({ kind: "turn", place });
  });
  return { entries, entryOfTurn };
}

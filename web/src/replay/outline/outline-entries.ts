/** The outline's lines: turns, and the pauses between them. */
import type { TurnRow } from "@/api/types";
import type { RowLayout } from "../layout/rows";
import type { StepKinds } from "../layout/step-kinds";

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

/** How often the main agent's context was compacted within each turn, by the turn's place. */
export function compactionsOf(
  turns: readonly TurnRow[],
  kinds: StepKinds | undefined,
): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  let place = 0;
  for (let index = 0; kinds && index < kinds.count; index++) {
    while (index >= (turns[place + 1]?.first_step ?? Number.POSITIVE_INFINITY)) {
      place++;
    }
    if (kinds.kindOf(index) === "compaction" && !kinds.isOfAgent(index)) {
      found.set(place, (found.get(place) ?? 0) + 1);
    }
  }
  return found;
}

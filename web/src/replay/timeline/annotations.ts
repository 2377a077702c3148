/** What people said of turns, as marks of the timeline: current verdicts, and comments that stand. */
import type { Reviews } from "@/api/reviews";
import type { TimelineSegment, TurnRow } from "@/api/types";
import { plural } from "@/format/count";
import { positionOf } from "./scale";

export type AnnotationKind = "good" | "wrong" | "comment";

export interface Annotation {
  kind: AnnotationKind;
  turn: TurnRow;
  at: number;
  count: number;
}

type Said = Pick<Reviews, "comments" | "verdicts">;

/** One mark a turn and kind, by position. What is said of the session as a whole has no place. */
export function annotationsOf(
  { verdicts, comments }: Said,
  turns: readonly TurnRow[],
  segments: readonly TimelineSegment[],
): Annotation[] {
  const said: [string | null, AnnotationKind][] = [
    ...verdicts.flatMap(({ turn, verdict, current }): [string | null, AnnotationKind][] =>
      current && verdict !== "withdrawn" ? [[turn, verdict]] : [],
    ),
    ...comments.flatMap(({ anchor, removed }): [string | null, AnnotationKind][] =>
      removed ? [] : [[anchor.turn, "comment"]],
    ),
  ];
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const found = new Map<string, Annotation>();
  for (const [id, kind] of said) {
    const turn = id === null ? undefined : byId.get(id);
    const at = turn?.started_at ? positionOf(turn.started_at, segments) : undefined;
    if (turn && at !== undefined) {
      const key = `${kind} ${turn.id}`;
      found.set(key, { kind, turn, at, count: (found.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...found.values()].sort((one, other) => one.at - other.at);
}

export function annotationWords({ kind, turn, count }: Pick<Annotation, "kind" | "turn" | "count">): string {
  const of = `turn ${turn.index + 1}`;
  switch (kind) {
    case "good":
      return count > 1 ? `${of}: ${count} verdicts "good"` : `Good: ${of}`;
    case "wrong":
      return count > 1 ? `${of}: ${count} verdicts "wrong"` : `Wrong: ${of}`;
    case "comment":
      return `${plural(count, "comment")} on ${of}`;
  }
}

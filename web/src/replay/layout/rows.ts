/**
 * The transcript as one flat list of rows: for each turn its heading, its steps in order, and a closing row where
 * it did not end as it should. Steps are known by their place alone, so that the list has its length before
 * any step is fetched.
 */
import type { Outcome, TurnRow } from "@/api/types";
import type { FoldedRows } from "./folded-rows";

export type Row =
  | { kind: "turn"; turn: TurnRow; gapUs: number | undefined }
  | { kind: "step"; index: number; turn: TurnRow | undefined }
  /** Steps that are folded into a line, `to` excluded; opened, they follow as rows of their own. */
  | { kind: "run"; from: number; to: number; open: boolean; turn: TurnRow | undefined }
  | { kind: "outcome"; turn: TurnRow };

export interface RowLayout {
  count: number;
  steps: number;
  turns: readonly TurnRow[];
  /** The row of each turn's heading. */
  starts: readonly number[];
  gaps: readonly (number | undefined)[];
  /** The rows one by one, where steps are folded: there arithmetic does not tell them. */
  folded?: FoldedRows;
}

/** A pause between turns longer than this is marked. */
const GAP_US = 5 * 60 * 1_000_000;

const CLOSED_BY_A_ROW: ReadonlySet<Outcome> = new Set(["interrupted", "refused", "failed", "withdrawn"]);

export const hasOutcomeRow = (turn: TurnRow) => CLOSED_BY_A_ROW.has(turn.outcome);

export function layoutOfTurns(turns: readonly TurnRow[]): RowLayout {
  const starts: number[] = [];
  const gaps: (number | undefined)[] = [];
  let count = 0;
  let steps = 0;
  turns.forEach((turn, place) => {
    starts.push(count);
    gaps.push(gapBefore(turns[place - 1], turn));
    count += 1 + turn.step_count + (hasOutcomeRow(turn) ? 1 : 0);
    steps += turn.step_count;
  });
  return { count, steps, turns, starts, gaps };
}

/** One sub-agent's steps, without turns. */
export function layoutOfSteps(steps: number): RowLayout {
  return { count: steps, steps, turns: [], starts: [], gaps: [] };
}

export function rowAt(layout: RowLayout, row: number): Row | undefined {
  if (row < 0 || row >= layout.count) {
    return undefined;
  }
  if (layout.folded) {
    return layout.folded.at(row, layout);
  }
  if (layout.turns.length === 0) {
    return { kind: "step", index: row, turn: undefined };
  }
  const place = lastNotAfter(layout.starts, row);
  const turn = layout.turns[place];
  if (!turn) {
    return undefined;
  }
  const within = row - (layout.starts[place] ?? 0);
  if (within === 0) {
    return { kind: "turn", turn, gapUs: layout.gaps[place] };
  }
  return within <= turn.step_count
    ? { kind: "step", index: turn.first_step + within - 1, turn }
    : { kind: "outcome", turn };
}

/** The row that a step stands in: its own, or that of the run that it is folded into. */
export function rowOfStep(layout: RowLayout, index: number): number {
  if (layout.folded) {
    return layout.folded.rowOf(index);
  }
  if (layout.turns.length === 0) {
    return index;
  }
  const place = turnOfStep(layout, index);
  const turn = layout.turns[place];
  return turn ? (layout.starts[place] ?? 0) + 1 + index - turn.first_step : -1;
}

/** The place in `turns` of the turn that holds a step. */
export function turnOfStep(layout: RowLayout, index: number): number {
  let low = 0;
  let high = layout.turns.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((layout.turns[middle]?.first_step ?? 0) <= index) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

/** The steps among some rows, first and last; undefined when there are none. */
export function stepsAmong(
  layout: RowLayout,
  firstRow: number,
  lastRow: number,
): [number, number] | undefined {
  let first: number | undefined;
  let last: number | undefined;
  for (let row = Math.max(0, firstRow); row <= lastRow && first === undefined; row++) {
    first = firstStepOf(rowAt(layout, row));
  }
  for (let row = lastRow; row >= firstRow && last === undefined; row--) {
    const found = rowAt(layout, row);
    last = found?.kind === "run" ? found.to - 1 : firstStepOf(found);
  }
  return first === undefined || last === undefined ? undefined : [first, last];
}

/** The step of a row, the first of a run. */
export function firstStepOf(row: Row | undefined): number | undefined {
  return row?.kind === "step" ? row.index : row?.kind === "run" ? row.from : undefined;
}

/** The next row, either way, that shows a step or a folded run; undefined at the end. */
export function nextStop(layout: RowLayout, from: number, direction: 1 | -1): number | undefined {
  for (let row = from + direction; row >= 0 && row < layout.count; row += direction) {
    const found = rowAt(layout, row);
    // The steps of an opened run are the next rows.
    if (found?.kind === "step" || (found?.kind === "run" && !found.open)) {
      return row;
    }
  }
  return undefined;
}

/** The steps that some rows show, without those that are folded away. */
export function stepsShown(layout: RowLayout, firstRow: number, lastRow: number): number[] {
  const steps: number[] = [];
  for (let row = Math.max(0, firstRow); row <= lastRow && row < layout.count; row++) {
    const found = rowAt(layout, row);
    if (found?.kind === "step") {
      steps.push(found.index);
    }
  }
  return steps;
}

const ROW_HEIGHTS: Record<Row["kind"], number> = { turn: 64, step: 64, run: 34, outcome: 64 };

/** What a row is taken for until it is measured. Asked for every row, often: without folds it is the same for all. */
export function heightOf(layout: RowLayout, row: number): number {
  return layout.folded ? ROW_HEIGHTS[rowAt(layout, row)?.kind ?? "step"] : ROW_HEIGHTS.step;
}

/** A number that a row keeps while others come and go, by which its height is known again. */
export function keyOfRow(layout: RowLayout, row: number): number {
  const found = rowAt(layout, row);
  switch (found?.kind) {
    case "step":
      return found.index * KINDS_OF_ROWS;
    case "run":
      return found.from * KINDS_OF_ROWS + 1;
    case "turn":
      return found.turn.index * KINDS_OF_ROWS + 2;
    case "outcome":
      return found.turn.index * KINDS_OF_ROWS + 3;
    default:
      return -1 - row;
  }
}

const KINDS_OF_ROWS = 4;

function gapBefore(before: TurnRow | undefined, turn: TurnRow): number | undefined {
  if (!before?.started_at || !turn.started_at) {
    return undefined;
  }
  const ended = Date.parse(before.started_at) * 1000 + (before.duration_us ?? 0);
  const gap = Date.parse(turn.started_at) * 1000 - ended;
  return gap > GAP_US ? gap : undefined;
}

function lastNotAfter(starts: readonly number[], row: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= row) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

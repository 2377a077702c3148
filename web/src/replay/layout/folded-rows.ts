import type { TurnRow } from "@/api/types";
import { partsOf } from "./fold-rule";
import { hasOutcomeRow, type Row, type RowLayout } from "./rows";
import type { StepKinds } from "./step-kinds";

const TURN = 0;
const STEP = 1;
const RUN = 2;
const OPEN_RUN = 3;
const OUTCOME = 4;

/** The rows of a layout in which steps are folded into runs. */
export class FoldedRows {
  readonly #kinds: number[] = [];
  /** The step, the run's first step, or the turn's place. */
  readonly #firsts: number[] = [];
  readonly #ends: number[] = [];
  readonly #turns: number[] = [];
  readonly #rowOf: Int32Array;

  constructor(steps: number) {
    this.#rowOf = new Int32Array(steps);
  }

  get count(): number {
    return this.#kinds.length;
  }

  add(kind: number, first: number, end: number, turn: number) {
    this.#kinds.push(kind);
    this.#firsts.push(first);
    this.#ends.push(end);
    this.#turns.push(turn);
  }

  /** Says for steps in which row they stand. */
  place(from: number, to: number, row: number) {
    this.#rowOf.fill(row, from, to);
  }

  at(row: number, { turns, gaps }: RowLayout): Row | undefined {
    const first = this.#firsts[row] ?? 0;
    const place = this.#turns[row] ?? -1;
    const turn = turns[place];
    const kind = this.#kinds[row];
    switch (kind) {
      case STEP:
        return { kind: "step", index: first, turn };
      case RUN:
      case OPEN_RUN:
        return { kind: "run", from: first, to: this.#ends[row] ?? first, open: kind === OPEN_RUN, turn };
      case TURN:
        return turn && { kind: "turn", turn, gapUs: gaps[place] };
      case OUTCOME:
        return turn && { kind: "outcome", turn };
      default:
        return undefined;
    }
  }

  /** The run that a step is folded into, or was before it was opened. */
  runOf(step: number, layout: RowLayout): (Row & { kind: "run" }) | undefined {
    for (let row = this.rowOf(step); row >= 0; row--) {
      const found = this.at(row, layout);
      if (found?.kind === "run") {
        return found.from <= step && step < found.to ? found : undefined;
      }
      if (found?.kind !== "step") {
        return undefined;
      }
    }
    return undefined;
  }

  rowOf(step: number): number {
    return this.#rowOf[step] ?? -1;
  }
}

/** A layout with its steps folded as the mode says. `open` holds the first steps of runs that the reader opened. */
export function foldedLayout(
  layout: RowLayout,
  kinds: StepKinds,
  mode: "skim" | "focus",
  open: ReadonlySet<number>,
  found: ReadonlySet<number>,
): RowLayout {
  const rows = new FoldedRows(layout.steps);
  const starts: number[] = [];
  const addParts = (turn: Pick<TurnRow, "first_step" | "step_count">, place: number) => {
    // A step that is shown nowhere stands where the one before it does.
    let shownTo = turn.first_step;
    for (const part of partsOf(turn, kinds, mode, found)) {
      rows.place(shownTo, part.from, Math.max(0, rows.count - 1));
      const isOpen = part.isRun && open.has(part.from);
      rows.place(part.from, part.to, rows.count);
      rows.add(part.isRun ? (isOpen ? OPEN_RUN : RUN) : STEP, part.from, part.to, place);
      for (let index = part.from; isOpen && index < part.to; index++) {
        rows.place(index, index + 1, rows.count);
        rows.add(STEP, index, index + 1, place);
      }
      shownTo = part.to;
    }
    const end = turn.first_step + turn.step_count;
    rows.place(shownTo, Math.min(end, kinds.count), Math.max(0, rows.count - 1));
    // Steps that came after the kinds were told.
    for (let index = Math.max(kinds.count, turn.first_step); index < end; index++) {
      rows.place(index, index + 1, rows.count);
      rows.add(STEP, index, index + 1, place);
    }
  };
  if (layout.turns.length === 0) {
    addParts({ first_step: 0, step_count: layout.steps }, -1);
  }
  layout.turns.forEach((turn, place) => {
    starts.push(rows.count);
    rows.add(TURN, place, place, place);
    addParts(turn, place);
    if (hasOutcomeRow(turn)) {
      rows.add(OUTCOME, place, place, place);
    }
  });
  return { ...layout, count: rows.count, starts, folded: rows };
}

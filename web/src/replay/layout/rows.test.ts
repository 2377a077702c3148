import { describe, expect, it } from "vitest";
import type { Outcome, TurnRow } from "@/api/types";
import { isFar, PAGE_STEPS, pagesFor } from "./pages";
import { layoutOfSteps, layoutOfTurns, rowAt, rowOfStep, stepsAmong, turnOfStep } from "./rows";

function turns(...given: [steps: number, outcome?: Outcome, startedAt?: string][]): TurnRow[] {
  let first = 0;
  return given.map(([step_count, outcome = "answered", started_at = "2026-01-01T00:00:00Z"], index) => {
    const row = {
      id: `t${index}`,
      index,
      step_count,
      outcome,
      started_at,
      duration_us: 0,
      first_step: first,
    };
    first += step_count;
    return row as TurnRow;
  });
}

describe("row layout", () => {
  const layout = layoutOfTurns(turns([2], [0], [3, "failed"], [1]));

  it("lists headings, steps and closings in order", () => {
    const rows = Array.from({ length: layout.count }, (_, row) => rowAt(layout, row)).map((row) =>
      row?.kind === "step" ? row.index : row?.kind,
    );
    expect(rows).toEqual(["turn", 0, 1, "turn", "turn", 2, 3, 4, "outcome", "turn", 5]);
    expect(rowAt(layout, layout.count)).toBeUndefined();
    expect(rowAt(layout, -1)).toBeUndefined();
  });

  it("finds the row of every step", () => {
    for (let index = 0; index < layout.steps; index++) {
      expect(rowAt(layout, rowOfStep(layout, index))).toMatchObject({ kind: "step", index });
    }
    // A turn without steps has the same first step as the next one.
    expect(turnOfStep(layout, 2)).toBe(2);
  });

  it("tells the steps among rows", () => {
    expect(stepsAmong(layout, 3, 5)).toEqual([2, 2]);
    expect(stepsAmong(layout, 0, 10)).toEqual([0, 5]);
    expect(stepsAmong(layout, 3, 4)).toBeUndefined();
  });

  it("holds for a hundred thousand steps", () => {
    const large = layoutOfTurns(turns(...Array.from({ length: 5000 }, (): [number] => [20])));
    for (let index = 0; index < 100_000; index += 7) {
      expect(rowAt(large, rowOfStep(large, index))).toMatchObject({ kind: "step", index });
    }
  });

  it("marks pauses of more than five minutes", () => {
    const { gaps } = layoutOfTurns(
      turns(
        [1, "answered", "2026-01-01T00:00:00Z"],
        [1, "answered", "2026-01-01T00:04:00Z"],
        [1, "answered", "2026-01-01T01:04:00Z"],
      ),
    );
    expect(gaps).toEqual([undefined, undefined, 3_600_000_000]);
  });

  it("has only steps for a sub-agent", () => {
    expect(rowAt(layoutOfSteps(4), 3)).toEqual({ kind: "step", index: 3, turn: undefined });
    expect(rowOfStep(layoutOfSteps(4), 3)).toBe(3);
  });
});

describe("pages", () => {
  it("cover what is seen and what is near", () => {
    expect(pagesFor(0, 10, 1000)).toEqual([0]);
    expect(pagesFor(95, 120, 1000)).toEqual([0, PAGE_STEPS]);
    expect(pagesFor(480, 520, 505)).toEqual([400, 500]);
    expect(pagesFor(0, 0, 0)).toEqual([]);
  });

  it("are dropped when far", () => {
    expect(isFar(0, [500, 600])).toBe(false);
    expect(isFar(0, [5000])).toBe(true);
    expect(isFar(9000, [5000])).toBe(true);
    expect(isFar(9000, [])).toBe(false);
  });
});

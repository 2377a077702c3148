import { describe, expect, it } from "vitest";
import type { TurnRow } from "@/api/types";
import { partsOf, summaryOf } from "./fold-rule";
import { foldedLayout } from "./folded-rows";
import { keyOfRow, layoutOfSteps, layoutOfTurns, nextStop, rowAt, rowOfStep, stepsShown } from "./rows";
import { StepKinds } from "./step-kinds";

const NONE: ReadonlySet<number> = new Set();

/** `c` a call, `C` a failed one, `D` a denied one, `a` a sub-agent's; the rest as the server writes it. */
function kindsOf(steps: string, names = ["Read", "Bash"]): StepKinds {
  const letters = [...steps].map((letter) => (/[CDa]/.test(letter) ? "c" : letter));
  const calls = letters.filter((letter) => letter === "c");
  return new StepKinds({
    kinds: letters.join(""),
    flags: [...steps].map((letter) => ({ C: 1, D: 2, a: 4 })[letter] ?? 0).join(""),
    tools: calls.map((_, place) => place % names.length),
    names,
    durations_us: calls.map((_, place) => (place === 0 ? -1 : 1_000_000)),
    version: "r1",
  });
}

function turnOf(steps: string, first_step = 0, index = 0): TurnRow {
  return { id: `t${index}`, index, first_step, step_count: steps.length, outcome: "answered" } as TurnRow;
}

/** Steps by their letters, runs in brackets. */
function shown(steps: string, mode: "skim" | "focus", found: ReadonlySet<number> = NONE): string {
  return partsOf(turnOf(steps), kindsOf(steps), mode, found)
    .map(({ from, to, isRun }) => (isRun ? `[${steps.slice(from, to)}]` : steps.slice(from, to)))
    .join(" ");
}

describe("the rule of folding", () => {
  it("folds runs of calls and thoughts in skim, and keeps what was said", () => {
    expect(shown("prtcrcrxrccx", "skim")).toBe("p [rtcrcr] x [rcc] x");
    expect(shown("prx", "skim")).toBe("p x");
  });

  it("leaves prompts and the answer in focus", () => {
    expect(shown("prxcrcxrcx", "focus")).toBe("p [rxcrcxrc] x");
    expect(shown("pcc", "focus")).toBe("p [cc]");
    expect(shown("pxck", "focus")).toBe("p x [c] k");
  });

  it("never folds errors, denials and what was searched for", () => {
    expect(shown("pcCcDcx", "skim")).toBe("p [c] C [c] D [c] x");
    expect(shown("pcCcDcx", "focus")).toBe("p [c] C [c] D [c] x");
    expect(shown("pccccx", "focus", new Set([2]))).toBe("p [c] c [cc] x");
    expect(shown("prcx", "skim", new Set([1]))).toBe("p r [c] x");
  });

  it("folds what sub-agents did", () => {
    expect(shown("pcaaCacx", "skim")).toBe("p [caa] C [ac] x");
  });

  it("loses no step but requests", () => {
    for (const steps of ["", "r", "prtcCDakxnsem", "ccccccc", "xpxpxp", "rrrtrrr"]) {
      for (const mode of ["skim", "focus"] as const) {
        const parts = partsOf(turnOf(steps), kindsOf(steps), mode, NONE);
        const covered = parts.flatMap(({ from, to }) => [...steps.slice(from, to)]);
        const rest = [...steps].filter((letter) => letter !== "r");
        expect(covered.filter((letter) => letter !== "r").join("")).toBe(rest.join(""));
      }
    }
  });
});

it("sums up a run", () => {
  expect(summaryOf(0, 10, kindsOf("rtcccaxsnm"))).toEqual({
    calls: 3,
    tools: [
      ["Read", 2],
      ["Bash", 1],
    ],
    thoughts: 1,
    texts: 1,
    skills: 1,
    notices: 1,
    permissions: 1,
    ofAgents: 1,
    us: 2_000_000,
  });
});

it("leaves a run's row out of stepping once it is open", () => {
  const turns = [turnOf("pccx")];
  const open = foldedLayout(layoutOfTurns(turns), kindsOf("pccx"), "skim", new Set([1]), NONE);
  expect([1, 3, 4].map((row) => nextStop(open, row, 1))).toEqual([3, 4, 5]);
  expect(nextStop(open, 3, -1)).toBe(1);
  expect(stepsShown(open, 0, 9)).toEqual([0, 1, 2, 3]);
  const folded = foldedLayout(layoutOfTurns(turns), kindsOf("pccx"), "skim", NONE, NONE);
  expect(stepsShown(folded, 0, 9)).toEqual([0, 3]);
});

describe("folded rows", () => {
  const steps = ["prcccx", "", "pCccx"];
  const turns = steps.map((each, place) => turnOf(each, place === 2 ? 6 : 0 + 6 * Number(place > 0), place));
  const kinds = kindsOf(steps.join(""));
  const plain = layoutOfTurns(turns);
  const rowsOf = (open: ReadonlySet<number>) => {
    const layout = foldedLayout(plain, kinds, "skim", open, NONE);
    const rows = Array.from({ length: layout.count }, (_, row) => rowAt(layout, row));
    return { layout, rows };
  };

  it("stand in order, with headings", () => {
    const { layout, rows } = rowsOf(NONE);
    expect(
      rows.map((row) => (row?.kind === "step" ? row.index : row?.kind === "run" ? "run" : row?.kind)),
    ).toEqual(["turn", 0, "run", 5, "turn", "turn", 6, 7, "run", 10]);
    expect(layout.starts).toEqual([0, 4, 5]);
    expect(rows[2]).toMatchObject({ kind: "run", from: 1, to: 5, open: false });
    expect(nextStop(layout, 3, 1)).toBe(6);
    expect(nextStop(layout, 6, -1)).toBe(3);
    expect(nextStop(layout, 9, 1)).toBeUndefined();
  });

  it("find every step, folded or opened", () => {
    const { layout } = rowsOf(NONE);
    expect([0, 1, 4, 5, 10].map((step) => rowOfStep(layout, step))).toEqual([1, 2, 2, 3, 9]);
    const opened = rowsOf(new Set([1]));
    expect(opened.rows[2]).toMatchObject({ kind: "run", open: true });
    for (let step = 1; step < 6; step++) {
      expect(rowAt(opened.layout, rowOfStep(opened.layout, step))).toMatchObject({
        kind: "step",
        index: step,
      });
    }
  });

  it("keep their keys when others open", () => {
    const before = rowsOf(NONE).layout;
    const after = rowsOf(new Set([1])).layout;
    const keys = (layout: typeof before) =>
      Array.from({ length: layout.count }, (_, row) => keyOfRow(layout, row));
    expect(new Set(keys(after)).size).toBe(after.count);
    expect(keys(after)).toEqual(expect.arrayContaining(keys(before)));
  });

  it("show steps that came after the kinds as they are", () => {
    const grown = layoutOfTurns([turnOf("pcc12", 0)]);
    const layout = foldedLayout(grown, kindsOf("pcc"), "skim", NONE, NONE);
    expect(layout.count).toBe(5);
    expect(rowAt(layout, 4)).toMatchObject({ kind: "step", index: 4 });
  });

  it("fold a sub-agent's steps too", () => {
    const layout = foldedLayout(layoutOfSteps(4), kindsOf("pccx"), "skim", NONE, NONE);
    expect(layout.count).toBe(3);
    expect(rowAt(layout, 1)).toMatchObject({ kind: "run", from: 1, to: 3, turn: undefined });
  });

  it("have a key of their own, each of a hundred thousand steps", () => {
    const many = "prtcrcrcxr".repeat(10_000);
    const large = layoutOfTurns(
      Array.from({ length: 1_000 }, (_, place) => turnOf("x".repeat(100), place * 100, place)),
    );
    const layout = foldedLayout(large, kindsOf(many), "skim", NONE, NONE);
    const keys = new Set<string>();
    for (let row = 0; row < layout.count; row++) {
      keys.add(String(keyOfRow(layout, row)));
    }
    expect(keys.size).toBe(layout.count);
  });
});

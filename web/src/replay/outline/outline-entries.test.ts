import { expect, it } from "vitest";
import type { TurnRow } from "@/api/types";
import { StepKinds } from "../layout/step-kinds";
import { compactionsOf } from "./outline-entries";

it("finds the turns in which the context was compacted", () => {
  const turns = [
    [0, 3],
    [3, 0],
    [3, 4],
  ].map(([first_step, step_count], index) => ({ index, first_step, step_count }) as TurnRow);
  const kinds = new StepKinds({
    kinds: "pkxpkkx",
    flags: "0400000",
    tools: [],
    names: [],
    durations_us: [],
    version: "r1",
  });
  expect([...compactionsOf(turns, kinds)]).toEqual([[2, 2]]);
  expect(compactionsOf(turns, undefined).size).toBe(0);
});

import { describe, expect, it } from "vitest";
import type { RubricItem } from "@/api/queues";
import {
  answered,
  answersOf,
  EMPTY_SCORECARD,
  isDeduction,
  openWords,
  stepOfKey,
  withEvidence,
  withNote,
} from "./scorecard";

const item = (id: string, fields: Partial<RubricItem> = {}): RubricItem => ({
  id,
  title: id,
  guidance: "",
  pass_example: "",
  fail_example: "",
  weight: 1,
  kind: "yes_no",
  scale: null,
  allow_na: false,
  auto_fail: false,
  evidence_required: false,
  ...fields,
});

const scale = { min: 1, max: 5, labels: [] };
const items = [
  item("a", { allow_na: true }),
  item("b", { kind: "scale", scale, evidence_required: true }),
  item("c"),
];

describe("a scorecard", () => {
  it("goes on to what is open, and says when nothing is", () => {
    let card = answered(EMPTY_SCORECARD, items, 0, true, undefined);
    expect(card.at).toBe(1);
    expect(openWords(card, items)).toBe("2 items to answer");
    card = answered(card, items, 2, false, undefined);
    expect(card.at).toBe(1);
    card = answered(card, items, 1, 5, undefined);
    expect(openWords(card, items)).toBe("");
    expect(answersOf(card, items)).toMatchObject([
      { item: "a", value: true, evidence_turn: null, note: null },
      { item: "b", value: 5 },
      { item: "c", value: false },
    ]);
  });

  it("stays at a deduction until its evidence is named", () => {
    let card = answered(EMPTY_SCORECARD, items, 1, 2, undefined);
    expect(card.at).toBe(1);
    expect(openWords(card, items)).toContain("1 deduction without evidence");
    card = withEvidence(card, items, 1, "turn");
    expect(card.at).toBe(2);
    expect(answersOf(card, items)).toMatchObject([{ item: "b", value: 2, evidence_turn: "turn" }]);
  });

  it("takes the turn that is scored for the evidence", () => {
    const card = answered(EMPTY_SCORECARD, items, 1, 2, "turn");
    expect(answersOf(card, items)).toMatchObject([{ item: "b", value: 2, evidence_turn: "turn" }]);
  });

  it("takes N/A only where the rubric lets it", () => {
    expect(answered(EMPTY_SCORECARD, items, 2, "na", undefined)).toBe(EMPTY_SCORECARD);
    expect(answered(EMPTY_SCORECARD, items, 0, "na", undefined).answers.get("a")?.value).toBe("na");
  });

  it("keeps a note through a change of mind", () => {
    let card = withNote(answered(EMPTY_SCORECARD, items, 0, true, undefined), "a", " seen ");
    card = answered(card, items, 0, false, undefined);
    expect(answersOf(card, items)).toMatchObject([{ item: "a", value: false, note: "seen" }]);
  });
});

it("a deduction is a no, or less than the most", () => {
  expect(isDeduction(item("x"), false)).toBe(true);
  expect(isDeduction(item("x"), true)).toBe(false);
  expect(isDeduction(item("x"), "na")).toBe(false);
  expect(isDeduction(item("x", { scale }), 4)).toBe(true);
  expect(isDeduction(item("x", { scale }), 5)).toBe(false);
});

it("digits are steps of the scale", () => {
  expect(stepOfKey(scale, "5")).toBe(5);
  expect(stepOfKey(scale, "6")).toBeUndefined();
  expect(stepOfKey(scale, "0")).toBeUndefined();
  expect(stepOfKey({ min: 0, max: 3, labels: [] }, "0")).toBe(0);
  expect(stepOfKey({ min: 1, max: 10, labels: [] }, "0")).toBe(10);
});

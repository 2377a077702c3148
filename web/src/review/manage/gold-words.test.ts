import { expect, it } from "vitest";
import type { Gold } from "@/api/queues";
import { goldOf, goldWords } from "./gold-words";

const GOLD: Gold = {
  session: "s",
  turn: null,
  rubric: null,
  version: null,
  verdict: "wrong",
  percent: null,
  answers: [],
  note: null,
  by: { kind: "account", id: "a", name: "Owner", me: true },
  at: "2026-11-20T08:00:00Z",
};
const SCORED: Gold = { ...GOLD, turn: "t", rubric: "r", version: 2, verdict: null, percent: 83.33 };

it("a known answer is told in a word", () => {
  expect(goldWords(GOLD)).toBe("Wrong");
  expect(goldWords(SCORED)).toBe("83 %");
  expect(goldWords({ verdict: null, percent: null })).toBe("no score");
});

it("it is of the same place, by the same measure", () => {
  const all = [GOLD, SCORED];
  expect(goldOf(all, { session: "s" })).toBe(GOLD);
  expect(goldOf(all, { session: "s", turn: "t", rubric: "r" })).toBe(SCORED);
  expect(goldOf(all, { session: "s", turn: "t" })).toBeUndefined();
  expect(goldOf(all, { session: "other" })).toBeUndefined();
});

import { expect, it } from "vitest";
import type { Reviews } from "@/api/reviews";
import type { TurnRow } from "@/api/types";
import { annotationsOf, annotationWords } from "./annotations";

const turn = (index: number) =>
  ({ id: `t${index}`, index, started_at: `2026-11-26T10:00:0${index}Z` }) as TurnRow;
const segments = [{ from: "2026-11-26T10:00:00Z", to: "2026-11-26T10:01:00Z", position: 0 }];
const verdict = (turn: string | null, verdict: "good" | "wrong" | "withdrawn", current = true) =>
  ({ turn, verdict, current }) as Reviews["verdicts"][number];
const comment = (turn: string | null, removed = false) =>
  ({ anchor: { turn }, removed }) as Reviews["comments"][number];

it("marks current verdicts and standing comments at their turns", () => {
  const verdicts = [
    verdict("t1", "wrong"),
    verdict("t1", "wrong"),
    verdict("t2", "good"),
    verdict("t2", "good", false),
    verdict("t3", "withdrawn"),
    verdict(null, "good"),
    verdict("gone", "good"),
  ];
  const comments = [comment("t0"), comment("t0", true)];
  const found = annotationsOf({ verdicts, comments }, [0, 1, 2, 3].map(turn), segments);
  expect(found.map(({ kind, at, count }) => [kind, at, count])).toEqual([
    ["comment", 0, 1],
    ["wrong", 1_000_000, 2],
    ["good", 2_000_000, 1],
  ]);
  expect(found.map(annotationWords)).toEqual([
    "1 comment on turn 1",
    'turn 2: 2 verdicts "wrong"',
    "Good: turn 3",
  ]);
});

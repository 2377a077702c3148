import { expect, it } from "vitest";
import { daysOf, failureCounts, kindCounts } from "./counts";

const RANGE = { from: "2026-10-30", to: "2026-11-02" };

it("has every day of the range, also those on which nothing was", () => {
  expect(daysOf(RANGE)).toEqual(["2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02"]);
});

it("sums by type, the most frequent first", () => {
  const days = [
    { day: "2026-10-31", kind: "email", count: 2, sessions: 1 },
    { day: "2026-11-01", kind: "aws-key", count: 1, sessions: 1 },
    { day: "2026-11-02", kind: "email", count: 3, sessions: 2 },
  ];
  expect(kindCounts({ ...RANGE, days })).toEqual([
    { kind: "email", total: 5, days: [0, 2, 0, 3] },
    { kind: "aws-key", total: 1, days: [0, 0, 1, 0] },
  ]);
});

it("sums failures by reason, with the last day of each", () => {
  const failures = [
    { day: "2026-11-01", reason: "depth", count: 1 },
    { day: "2026-11-02", reason: "depth", count: 2 },
    { day: "2026-10-31", reason: "work-budget", count: 1 },
  ];
  expect(failureCounts({ failures })).toEqual([
    { reason: "depth", total: 3, last: "2026-11-02" },
    { reason: "work-budget", total: 1, last: "2026-10-31" },
  ]);
});

import { expect, it } from "vitest";
import type { TimelineSegment } from "@/api/types";
import { axisTimes } from "./axis-times";
import { wholeView } from "./scale";

const SECOND = 1_000_000;
const segments: TimelineSegment[] = [
  { from: "2026-11-26T10:00:03Z", to: "2026-11-26T10:00:53Z", position: 0 },
  { from: "2026-11-26T11:00:07Z", to: "2026-11-26T11:01:00Z", position: 50 * SECOND },
];
const utc = () => 0;
const clocks = (view: { from: number; to: number }, width: number, ahead = utc) =>
  axisTimes(segments, view, width, ahead).map(({ time }) => new Date(time).toISOString().slice(11, -5));

it("begin with the axis and its stretches; those between are round", () => {
  expect(clocks(wholeView(103 * SECOND), 1_200)).toEqual([
    "10:00:03",
    "10:00:20",
    "10:00:30",
    "10:00:40",
    "11:00:07",
    "11:00:20",
    "11:00:30",
    "11:00:40",
    "11:00:50",
  ]);
});

it("are round in a part as well, and closer", () => {
  expect(clocks({ from: 10 * SECOND, to: 20 * SECOND }, 600)).toEqual([
    "10:00:14",
    "10:00:16",
    "10:00:18",
    "10:00:20",
  ]);
});

it("are round by the reader's clocks", () => {
  const days: TimelineSegment[] = [{ from: "2026-11-26T10:10:00Z", to: "2026-11-26T20:10:00Z", position: 0 }];
  const half = () => 30 * 60_000;
  const shown = axisTimes(days, { from: 1, to: 36_000 * SECOND }, 600, half);
  expect(shown.map(({ time }) => new Date(time).toISOString().slice(11, 16))).toEqual([
    "11:30",
    "13:30",
    "15:30",
    "17:30",
  ]);
});

it("say where a view is that has no round time in it", () => {
  expect(axisTimes([], wholeView(0), 600)).toEqual([]);
  expect(axisTimes(segments, { from: 10 * SECOND + 1, to: 10 * SECOND + 50_000 }, 100, utc)).toHaveLength(1);
});

it("never stand over each other", () => {
  for (let width = 0; width < 1_500; width += 37) {
    const shown = axisTimes(segments, wholeView(103 * SECOND), width, utc);
    shown.slice(1).forEach(({ x }, place) => {
      expect(x - (shown[place]?.x ?? 0)).toBeGreaterThanOrEqual(92);
    });
  }
});

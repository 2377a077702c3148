import { describe, expect, it } from "vitest";
import type { TimelineSegment, TimelineSpan } from "@/api/types";
import {
  breaksIn,
  isWhole,
  nextSpan,
  panned,
  positionAt,
  positionOf,
  showing,
  spanAt,
  stacked,
  timeOf,
  wholeView,
  xOf,
  zoomed,
} from "./scale";

const SECOND = 1_000_000;
const segments: TimelineSegment[] = [
  { from: "2026-11-26T10:00:00Z", to: "2026-11-26T10:00:20Z", position: 0 },
  { from: "2026-11-26T11:00:00Z", to: "2026-11-26T11:01:00Z", position: 20 * SECOND },
];
const span = (from: number, to: number): TimelineSpan => ({
  from: from * SECOND,
  to: to * SECOND,
  count: 1,
  errors: 0,
  step: from,
  turn: 0,
  name: null,
});

describe("positions", () => {
  it("are active time: a gap has no length", () => {
    expect(positionOf("2026-11-26T10:00:05Z", segments)).toBe(5 * SECOND);
    expect(positionOf("2026-11-26T10:30:00Z", segments)).toBe(20 * SECOND);
    expect(positionOf("2026-11-26T11:00:10Z", segments)).toBe(30 * SECOND);
    expect(positionOf("2025-01-01T00:00:00Z", segments)).toBe(0);
    expect(positionOf("2027-01-01T00:00:00Z", segments)).toBe(80 * SECOND);
    expect(positionOf("never", segments)).toBeUndefined();
    expect(positionOf("2026-11-26T10:00:05Z", [])).toBeUndefined();
  });

  it("lead back to the time", () => {
    expect(timeOf(30 * SECOND, segments)).toBe(Date.parse("2026-11-26T11:00:10Z"));
    expect(timeOf(0, [])).toBeUndefined();
  });

  it("know where time was cut out", () => {
    expect(breaksIn(segments, wholeView(80 * SECOND))).toEqual([{ at: 20 * SECOND, us: 3_580 * SECOND }]);
    expect(breaksIn(segments, { from: 30 * SECOND, to: 40 * SECOND })).toEqual([]);
  });
});

describe("views", () => {
  const length = 100 * SECOND;

  it("zoom around a place and stay within the axis", () => {
    const half = zoomed(wholeView(length), 50 * SECOND, 0.5, length);
    expect(half).toEqual({ from: 25 * SECOND, to: 75 * SECOND });
    expect(xOf(50 * SECOND, half, 800)).toBe(400);
    expect(positionAt(400, half, 800)).toBe(50 * SECOND);
    expect(isWhole(zoomed(half, 50 * SECOND, 100, length), length)).toBe(true);
    const least = zoomed(half, 0, 1e-9, length);
    expect(least.to - least.from).toBe(100_000);
    expect(panned(half, -1e12, length)).toEqual({ from: 0, to: 50 * SECOND });
  });

  it("move to what is to be seen, and only then", () => {
    const half = { from: 0, to: 50 * SECOND };
    expect(showing(half, 10 * SECOND, length)).toBe(half);
    expect(showing(half, 90 * SECOND, length)).toEqual({ from: 50 * SECOND, to: length });
  });

  it("of a session without time have a length all the same", () => {
    expect(wholeView(0).to).toBeGreaterThan(0);
  });
});

describe("spans", () => {
  const view = { from: 0, to: 100 * SECOND };

  it("are hit on them or close by, the shortest first", () => {
    const spans = [span(0, 90), span(20, 30), span(95, 95)];
    expect(spanAt(spans, 25, view, 100)).toBe(spans[1]);
    expect(spanAt(spans, 50, view, 100)).toBe(spans[0]);
    expect(spanAt(spans, 97, view, 100)).toBe(spans[2]);
    expect(spanAt([span(0, 1)], 50, view, 100)).toBeUndefined();
  });

  it("follow each other either way", () => {
    const spans = [span(0, 5), span(10, 12), span(20, 30)];
    expect(nextSpan(spans, 10 * SECOND, 1)).toBe(spans[2]);
    expect(nextSpan(spans, 10 * SECOND, -1)).toBe(spans[0]);
    expect(nextSpan(spans, 20 * SECOND, 1)).toBeUndefined();
  });

  it("that lie over each other have rows of their own, as far as there are any", () => {
    const spans = [span(0, 10), span(2, 8), span(3, 4), span(11, 12)];
    expect(stacked(spans, 3)).toEqual([0, 1, 2, 0]);
    expect(stacked(spans, 2)).toEqual([0, 1, 1, 0]);
  });
});

/** The times below the lanes: where the axis and its stretches begin, and round ones between; never over each other. */
import type { TimelineSegment } from "@/api/types";
import { breaksIn, positionOf, timeOf, type View, xOf } from "./scale";

export interface AxisTime {
  x: number;
  /** Milliseconds. */
  time: number;
  /** How long nothing ran before it. */
  gapUs: number | undefined;
}

const APART = 92;
const GAP_APART = 124;
/** Round times are no closer than this: what stands between has room. */
const ROUND_APART = 1.2 * APART;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const ROUND_MS = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE),
  ...[1, 2, 3, 6, 12, 24].map((hours) => hours * HOUR),
];

/** How far the reader's clocks are ahead of UTC at a time, milliseconds. */
const zoneOf = (time: number) => -new Date(time).getTimezoneOffset() * MINUTE;

export function axisTimes(
  segments: readonly TimelineSegment[],
  view: View,
  width: number,
  aheadMs: (time: number) => number = zoneOf,
): AxisTime[] {
  const found: AxisTime[] = [];
  const put = (position: number, time: number | undefined, gapUs?: number) => {
    const x = xOf(position, view, width);
    const apart = gapUs === undefined ? APART : GAP_APART;
    const fits = found.every((other) => {
      const [left, right] = x < other.x ? [{ x, gapUs }, other] : [other, { x, gapUs }];
      return right.x - left.x >= (left.gapUs === undefined ? APART : GAP_APART);
    });
    if (time !== undefined && fits && x >= -1 && x + apart <= width + 30) {
      found.push({ x, time, gapUs });
    }
  };
  if (view.from <= 0) {
    put(0, timeOf(0, segments));
  }
  for (const { at, us } of breaksIn(segments, view)) {
    put(at, timeOf(at, segments), us);
  }
  const apartMs = ((view.to - view.from) / 1_000) * (ROUND_APART / Math.max(1, width));
  const step = ROUND_MS.find((ms) => ms >= apartMs) ?? 24 * HOUR;
  const begin = timeOf(view.from, segments) ?? 0;
  const end = timeOf(view.to, segments) ?? 0;
  for (const segment of segments) {
    const from = Math.max(begin, Date.parse(segment.from));
    const to = Math.min(end, Date.parse(segment.to));
    const ahead = aheadMs(from);
    for (let time = Math.ceil((from + ahead) / step) * step - ahead; time <= to; time += step) {
      const position = positionOf(new Date(time).toISOString(), segments);
      if (position !== undefined) {
        put(position, time);
      }
    }
  }
  if (found.length === 0) {
    put(view.from, timeOf(view.from, segments));
  }
  return found.sort((one, other) => one.x - other.x);
}

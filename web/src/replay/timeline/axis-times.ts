/** The times below the lanes: at even distances, at the beginnings of stretches, never over each other. */
import type { TimelineSegment } from "@/api/types";
import { breaksIn, timeOf, type View, xOf } from "./scale";

export interface AxisTime {
  x: number;
  /** Milliseconds. */
  time: number;
  /** How long nothing ran before it. */
  gapUs: number | undefined;
}

const APART = 92;
const GAP_APART = 124;

export function axisTimes(segments: readonly TimelineSegment[], view: View, width: number): AxisTime[] {
  const found: AxisTime[] = [];
  const put = (position: number, gapUs?: number) => {
    const x = xOf(position, view, width);
    const time = timeOf(position, segments);
    const apart = gapUs === undefined ? APART : GAP_APART;
    const fits = found.every((other) => {
      const [left, right] = x < other.x ? [{ x, gapUs }, other] : [other, { x, gapUs }];
      return right.x - left.x >= (left.gapUs === undefined ? APART : GAP_APART);
    });
    if (time !== undefined && fits && x >= -1 && x + apart <= width + 30) {
      found.push({ x, time, gapUs });
    }
  };
  put(view.from);
  for (const { at, us } of breaksIn(segments, view)) {
    put(at, us);
  }
  const between = Math.max(1, Math.floor(width / (APART * 1.5)));
  for (let place = 1; place < between; place++) {
    put(view.from + ((view.to - view.from) * place) / between);
  }
  return found.sort((one, other) => one.x - other.x);
}

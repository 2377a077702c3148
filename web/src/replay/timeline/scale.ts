/**
 * The timeline's arithmetic. A position is microseconds of active time from the session's start; a view is the part of the axis
 * that is seen.
 */
import type { TimelineSegment, TimelineSpan } from "@/api/types";

export interface View {
  from: number;
  to: number;
}

/** No closer than this: below a tenth of a second nothing more comes apart. */
const LENGTH_MIN = 100_000;

export const wholeView = (length: number): View => ({ from: 0, to: Math.max(LENGTH_MIN, length) });

export const isWhole = (view: View, length: number): boolean =>
  view.from <= 0 && view.to >= Math.max(LENGTH_MIN, length);

/** Within the axis, at its own length. */
function within(view: View, length: number): View {
  const whole = wholeView(length);
  const size = Math.min(view.to - view.from, whole.to);
  const from = Math.min(Math.max(0, view.from), whole.to - size);
  return { from, to: from + size };
}

/** `factor` times as long, with `at` staying where it is seen. */
export function zoomed(view: View, at: number, factor: number, length: number): View {
  const size = Math.max(LENGTH_MIN, (view.to - view.from) * factor);
  const share = (at - view.from) / (view.to - view.from);
  const from = at - share * size;
  return within({ from: Math.round(from), to: Math.round(from + size) }, length);
}

export function panned(view: View, by: number, length: number): View {
  return within({ from: Math.round(view.from + by), to: Math.round(view.to + by) }, length);
}

/** The view that shows a position: the same where it is in it already. */
export function showing(view: View, at: number, length: number): View {
  if (at >= view.from && at <= view.to) {
    return view;
  }
  return panned(view, at - (view.from + view.to) / 2, length);
}

export const xOf = (position: number, view: View, width: number): number =>
  ((position - view.from) / (view.to - view.from)) * width;

export const positionAt = (x: number, view: View, width: number): number =>
  view.from + (x / Math.max(1, width)) * (view.to - view.from);

const microseconds = (time: string): number => Date.parse(time) * 1_000;

/** Where a time lies; one within a gap lies at the gap. Undefined without an axis. */
export function positionOf(time: string, segments: readonly TimelineSegment[]): number | undefined {
  const at = microseconds(time);
  let found = segments[0];
  for (const segment of segments) {
    if (microseconds(segment.from) > at) {
      break;
    }
    found = segment;
  }
  if (!found || Number.isNaN(at)) {
    return undefined;
  }
  const from = microseconds(found.from);
  const length = microseconds(found.to) - from;
  return found.position + Math.min(Math.max(0, at - from), length);
}

/** The time at a position, milliseconds. */
export function timeOf(position: number, segments: readonly TimelineSegment[]): number | undefined {
  const segment = segments.findLast((each) => each.position <= position) ?? segments[0];
  return segment && Date.parse(segment.from) + Math.max(0, position - segment.position) / 1_000;
}

export interface Break {
  at: number;
  /** How long nothing ran. */
  us: number;
}

/** The gaps that were cut out, within a view. */
export function breaksIn(segments: readonly TimelineSegment[], view: View): Break[] {
  return segments.flatMap((segment, place) => {
    const before = segments[place - 1];
    return before && segment.position >= view.from && segment.position <= view.to
      ? [{ at: segment.position, us: microseconds(segment.from) - microseconds(before.to) }]
      : [];
  });
}

/** How near to a span, in pixels, counts as on it. */
const NEAR = 4;

/** The span of a lane at a place: the shortest of those that lie over it, else the nearest one close by. */
export function spanAt(
  spans: readonly TimelineSpan[],
  x: number,
  view: View,
  width: number,
): TimelineSpan | undefined {
  const place = (span: TimelineSpan) => ({
    from: xOf(span.from, view, width),
    to: xOf(span.to, view, width),
  });
  let best: { span: TimelineSpan; away: number; length: number } | undefined;
  for (const span of spans) {
    const { from, to } = place(span);
    const away = x < from ? from - x : x > to ? x - to : 0;
    const length = to - from;
    if (away <= NEAR && (!best || away < best.away || (away === best.away && length < best.length))) {
      best = { span, away, length };
    }
  }
  return best?.span;
}

/** The next span of a lane either way from a position. */
export function nextSpan(
  spans: readonly TimelineSpan[],
  from: number,
  direction: 1 | -1,
): TimelineSpan | undefined {
  return direction === 1
    ? spans.find((span) => span.from > from)
    : spans.findLast((span) => span.from < from);
}

/**
 * Rows for spans that lie over each other, at most `rows`: each span in the first that is free, else in the last. In the order of
 * their beginnings.
 */
export function stacked(spans: readonly TimelineSpan[], rows: number): number[] {
  const ends: number[] = [];
  return spans.map((span) => {
    let row = ends.findIndex((end) => end <= span.from);
    if (row === -1) {
      row = Math.min(ends.length, rows - 1);
    }
    ends[row] = Math.max(ends[row] ?? 0, span.to);
    return row;
  });
}

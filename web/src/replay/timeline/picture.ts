/** Draws the lanes: a canvas, since a session may have two thousand things in view. */
import type { TimelineLane, TimelineMark, TimelineSpan, TimelineView } from "@/api/types";
import type { Annotation } from "./annotations";
import { breaksIn, stacked, type View, xOf } from "./scale";

export const LANES = [
  "turns",
  "model_requests",
  "tools",
  "sub_agents",
] as const satisfies TimelineLane["lane"][];

export type LaneName = (typeof LANES)[number];

export const LANE_WORDS: Record<LaneName, string> = {
  turns: "Turns",
  model_requests: "Requests",
  tools: "Tools",
  sub_agents: "Sub-agents",
};

/** The band of marks above the lanes. */
export const MARKS_HEIGHT = 14;
export const LANE_HEIGHT = 17;
const ROWS: Record<LaneName, number> = { turns: 1, model_requests: 1, tools: 3, sub_agents: 3 };

/** The lanes that have anything, and the first always. */
export function lanesShown(timeline: TimelineView): LaneName[] {
  return LANES.filter(
    (name) => name === "turns" || (timeline.lanes.find(({ lane }) => lane === name)?.spans.length ?? 0) > 0,
  );
}

export const heightOf = (lanes: readonly LaneName[]) => MARKS_HEIGHT + lanes.length * LANE_HEIGHT;

/** The lane at a height; undefined in the band of marks. */
export function laneAt(y: number, lanes: readonly LaneName[]): LaneName | undefined {
  return y < MARKS_HEIGHT
    ? undefined
    : lanes[Math.min(lanes.length - 1, Math.floor((y - MARKS_HEIGHT) / LANE_HEIGHT))];
}

export interface Colours {
  line: string;
  ink: string;
  faint: string;
  accent: string;
  error: string;
  denied: string;
  ok: string;
}

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--timeline-${name}`).trim() || "gray";
  return {
    line: colour("line"),
    ink: colour("ink"),
    faint: colour("faint"),
    accent: colour("accent"),
    error: colour("error"),
    denied: colour("denied"),
    ok: colour("ok"),
  };
}

export interface Picture {
  timeline: TimelineView;
  annotations: readonly Annotation[];
  lanes: readonly LaneName[];
  view: View;
  width: number;
  colours: Colours;
}

export function draw(context: CanvasRenderingContext2D, picture: Picture) {
  const { timeline, lanes, view, width, colours } = picture;
  const height = heightOf(lanes);
  context.clearRect(0, 0, width, height);
  lanes.forEach((name, place) => {
    const top = MARKS_HEIGHT + place * LANE_HEIGHT;
    context.fillStyle = colours.line;
    context.fillRect(0, top + LANE_HEIGHT - 1, width, 1);
    const spans = timeline.lanes.find(({ lane }) => lane === name)?.spans ?? [];
    drawLane(context, picture, name, spans, top);
  });
  context.strokeStyle = colours.faint;
  context.lineWidth = 1;
  for (const { at } of breaksIn(timeline.segments, view)) {
    const x = Math.round(xOf(at, view, width)) + 0.5;
    context.setLineDash([2, 3]);
    context.beginPath();
    context.moveTo(x, 2);
    context.lineTo(x, height);
    context.stroke();
  }
  context.setLineDash([]);
  for (const mark of timeline.marks) {
    drawMark(context, picture, mark);
  }
  for (const annotation of picture.annotations) {
    drawAnnotation(context, picture, annotation);
  }
}

/** Lanes of one row have gaps between their rows' edges; those of several share the height. */
function drawLane(
  context: CanvasRenderingContext2D,
  { view, width, colours }: Picture,
  name: LaneName,
  spans: readonly TimelineSpan[],
  top: number,
) {
  const rows = stacked(spans, ROWS[name]);
  const used = Math.max(1, ...rows.map((row) => row + 1));
  const height = (LANE_HEIGHT - 5) / used;
  spans.forEach((span, place) => {
    const from = xOf(span.from, view, width);
    const to = xOf(span.to, view, width);
    if (to < 0 || from > width) {
      return;
    }
    const left = Math.max(-2, from);
    const right = Math.min(width + 2, to);
    // A hair of paper between neighbours; never nothing at all.
    const length = Math.max(1.5, right - left - 0.75);
    const y = top + 2 + (rows[place] ?? 0) * height;
    // Neighbouring turns are told apart by strength.
    context.fillStyle = name === "turns" ? colours.accent : colours.ink;
    context.globalAlpha = name !== "turns" ? 0.78 : span.count > 1 || span.turn % 2 === 0 ? 0.9 : 0.5;
    context.fillRect(left, y, length, Math.max(1.5, height - 1));
    context.globalAlpha = 1;
    if (span.errors > 0 && name !== "turns") {
      context.fillStyle = colours.error;
      context.fillRect(left, y, Math.max(2, Math.min(length, 3)), Math.max(1.5, height - 1));
    }
  });
}

/** Shapes, not colours alone: a triangle failed, a diamond is a skill, a bar a compaction. */
function drawMark(
  context: CanvasRenderingContext2D,
  { view, width, colours, lanes }: Picture,
  mark: TimelineMark,
) {
  const x = xOf(mark.at, view, width);
  const middle = MARKS_HEIGHT / 2;
  context.beginPath();
  if (mark.kind === "error") {
    context.fillStyle = colours.error;
    context.moveTo(x - 4, middle + 4);
    context.lineTo(x, middle - 4);
    context.lineTo(x + 4, middle + 4);
  } else if (mark.kind === "skill") {
    context.fillStyle = colours.accent;
    context.moveTo(x - 4, middle);
    context.lineTo(x, middle - 4.5);
    context.lineTo(x + 4, middle);
    context.lineTo(x, middle + 4.5);
  } else {
    context.fillStyle = colours.denied;
    context.rect(x - 1, 1, 2, heightOf(lanes) - 1);
  }
  context.closePath();
  context.fill();
}

/** A dot is good, a cross wrong, a square a comment. */
function drawAnnotation(
  context: CanvasRenderingContext2D,
  { view, width, colours }: Picture,
  { kind, at }: Annotation,
) {
  const x = xOf(at, view, width) + 4;
  const middle = MARKS_HEIGHT / 2;
  context.beginPath();
  if (kind === "wrong") {
    context.strokeStyle = colours.error;
    context.lineWidth = 2;
    context.moveTo(x - 3, middle - 3);
    context.lineTo(x + 3, middle + 3);
    context.moveTo(x + 3, middle - 3);
    context.lineTo(x - 3, middle + 3);
    context.stroke();
  } else if (kind === "good") {
    context.fillStyle = colours.ok;
    context.arc(x, middle, 3.5, 0, 2 * Math.PI);
    context.fill();
  } else {
    context.fillStyle = colours.ink;
    context.fillRect(x - 3, middle - 3, 6, 6);
  }
}

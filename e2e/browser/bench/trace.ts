/** What a trace of Chromium says of the page's main thread. Pure. */

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  /** CPU time of the thread, where the trace has it. */
  tdur?: number;
}

export interface Frames {
  p50: number;
  p95: number;
  p99: number;
  frames: number;
}

/** Events in which script runs, style is computed or the page is laid out. */
const WORK = new Set([
  "EvaluateScript",
  "EventDispatch",
  "FireAnimationFrame",
  "FireIdleCallback",
  "FunctionCall",
  "Layout",
  "RunMicrotasks",
  "TimerFire",
  "UpdateLayoutTree",
  "v8.compile",
]);

/** Script, style and layout of each frame, in milliseconds of the thread's CPU time; and the longest task. */
export function readTrace(json: string): { frames: Frames; longestTaskMs: number } {
  const { traceEvents } = JSON.parse(json) as { traceEvents: TraceEvent[] };
  const main = mainThread(traceEvents);
  const own = traceEvents
    .filter((event) => event.pid === main.pid && event.tid === main.tid)
    .sort((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0));
  // A frame is what happens up to its commit; what comes after the last one is no frame.
  const commits = own.filter((event) => event.name === "Commit").map((event) => event.ts);
  const costs = new Array<number>(commits.length).fill(0);
  let until = 0;
  let frame = 0;
  for (const event of own) {
    if (event.ph !== "X" || !WORK.has(event.name) || event.ts < until) {
      // What lies within another is counted with it.
      continue;
    }
    until = event.ts + (event.dur ?? 0);
    while (frame < commits.length && (commits[frame] ?? 0) < event.ts) {
      frame += 1;
    }
    if (frame < commits.length) {
      costs[frame] = (costs[frame] ?? 0) + milliseconds(event);
    }
  }
  const tasks = own.filter((event) => event.name === "RunTask" && event.ph === "X").map(milliseconds);
  return { frames: quantiles(costs), longestTaskMs: Math.max(0, ...tasks) };
}

/** The thread that lays out most. */
function mainThread(events: TraceEvent[]): { pid: number; tid: number } {
  const counts = new Map<string, number>();
  for (const { name, pid, tid } of events) {
    if (name === "UpdateLayoutTree" || name === "Layout") {
      const key = `${pid} ${tid}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const most = [...counts].sort(([, a], [, b]) => b - a)[0];
  if (!most) {
    throw new Error("the trace has no layout in it");
  }
  const [pid, tid] = most[0].split(" ").map(Number);
  return { pid: pid ?? 0, tid: tid ?? 0 };
}

function milliseconds(event: TraceEvent): number {
  return (event.tdur ?? event.dur ?? 0) / 1_000;
}

function quantiles(costs: number[]): Frames {
  const sorted = [...costs].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), frames: sorted.length };
}

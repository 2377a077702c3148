/** How long a step stands before the next one comes. Pure. */

export const SPEEDS = [1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

/** Shorter than this nothing can be seen, longer nobody waits. At single speed. */
const LEAST_MS = 500;
const MOST_MS = 3_000;
/** Where no source knows the times. */
const UNKNOWN_MS = 1_200;

/** The real pause between two steps, within bounds, at a speed. Times as RFC 3339. */
export function pauseMs(at: string | null, nextAt: string | null, speed: Speed): number {
  const real = at === null || nextAt === null ? UNKNOWN_MS : Date.parse(nextAt) - Date.parse(at);
  return Math.min(MOST_MS, Math.max(LEAST_MS, Number.isNaN(real) ? UNKNOWN_MS : real)) / speed;
}

export function changedSpeed(speed: Speed, direction: 1 | -1): Speed {
  const place = SPEEDS.indexOf(speed) + direction;
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, place))] ?? speed;
}

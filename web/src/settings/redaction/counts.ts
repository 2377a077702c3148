/** What redaction did, as the page shows it. */
import type { RedactionCounts } from "@/api/types";

export interface KindCounts {
  kind: string;
  total: number;
  /** One number a day, from the first to the last. */
  days: number[];
}

/** The days of the counts, first to last, as `2026-11-01`. */
export function daysOf({ from, to }: Pick<RedactionCounts, "from" | "to">): string[] {
  const days: string[] = [];
  const last = Date.parse(`${to}T00:00:00Z`);
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= last && days.length < DAYS_MAX; at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

const DAY_MS = 86_400_000;
const DAYS_MAX = 400;

/** By type, the most frequent first. */
export function kindCounts(counts: Pick<RedactionCounts, "from" | "to" | "days">): KindCounts[] {
  const places = new Map(daysOf(counts).map((day, place) => [day, place]));
  const kinds = new Map<string, KindCounts>();
  for (const { day, kind, count } of counts.days) {
    const of = kinds.get(kind) ?? { kind, total: 0, days: Array.from(places, () => 0) };
    kinds.set(kind, of);
    of.total += count;
    const place = places.get(day);
    if (place !== undefined) {
      of.days[place] = (of.days[place] ?? 0) + count;
    }
  }
  return [...kinds.values()].sort(
    (one, other) => other.total - one.total || (one.kind < other.kind ? -1 : 1),
  );
}

/** Contents that were dropped, by reason. */
export function failureCounts({
  failures,
}: Pick<RedactionCounts, "failures">): { reason: string; total: number; last: string }[] {
  const reasons = new Map<string, { reason: string; total: number; last: string }>();
  for (const { day, reason, count } of failures) {
    const of = reasons.get(reason);
    reasons.set(reason, {
      reason,
      total: (of?.total ?? 0) + count,
      last: of && of.last > day ? of.last : day,
    });
  }
  return [...reasons.values()].sort((one, other) => other.total - one.total);
}

const REASONS = new Map([
  ["work-budget", "It took more work than one item may take"],
  ["depth", "It is nested too deep"],
  ["failure", "A rule failed on it"],
]);

export const reasonWords = (reason: string) => REASONS.get(reason) ?? reason;

/** What coverage says, in words. Meanings: `docs/coverage.md`. */
import type { Coverage, CoverageDetails, Grade, LossSeen } from "@/api/types";
import { formatBytes, formatCount, plural } from "@/format/count";

export const GRADES: Record<Grade, { name: string; says: string }> = {
  complete: {
    name: "complete",
    says: "Two witnesses or more agree on every turn and call, and nothing is known to be missing.",
  },
  partial: { name: "partial", says: "Something is known to be missing." },
  single_witness: {
    name: "single witness",
    says: "One witness only: nothing is known to be missing, and nobody else could say so.",
  },
  unknown: { name: "unknown", says: "There is nothing to tell it by." },
};

const LOSS_REASONS: Record<string, string> = {
  spool_full: "more waited than may",
  too_old: "waited longer than it may",
  corrupt_segment: "a damaged file of the spool",
  refused: "refused by the server",
  unreadable: "could not be read",
};

/** The grade and why, for a line of its own. */
export function coverageWords({ grade, reasons }: Pick<Coverage, "grade" | "reasons">): string {
  return [GRADES[grade].says, ...reasons.map(({ text }) => `${sentence(text)}.`)].join(" ");
}

function sentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

export function lossWords({ reason, count, bytes, by_source }: LossSeen): string {
  const sources = Object.entries(by_source).map(([source, of]) => `${formatCount(of)} ${source}`);
  const why = LOSS_REASONS[reason] ?? reason;
  return `${plural(count, "item")}, ${formatBytes(bytes)}: ${why}${sources.length > 0 ? ` (${sources.join(", ")})` : ""}`;
}

/** One process of telemetry's events, by their numbers. */
export function processWords({
  first,
  last,
  missing,
  goes_on,
}: CoverageDetails["processes"][number]): string {
  const gap = missing > 0 ? `, ${formatCount(missing)} missing` : "";
  const before = first === 0 ? "" : goes_on ? ", earlier ones under another id" : ", earlier ones unknown";
  return `events ${formatCount(first)} to ${formatCount(last)}${gap}${before}`;
}

/** Of how many, in whose eyes. */
export function seenWords(seen: { in_transcript: number; in_hooks: number; in_telemetry: number }): string {
  return [
    `${formatCount(seen.in_transcript)} in the transcript`,
    `${formatCount(seen.in_hooks)} by hooks`,
    `${formatCount(seen.in_telemetry)} in telemetry`,
  ].join(", ");
}

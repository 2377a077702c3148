import { parseTerms, setKey } from "./terms";

export interface TimePreset {
  name: string;
  says: string;
  /** The term that it stands for, at this moment; undefined: any time. */
  term: (now: Date) => string | undefined;
}

export const TIME_PRESETS: readonly TimePreset[] = [
  { name: "Today", says: "Since midnight", term: (now) => `from:${midnight(now)}` },
  { name: "7 d", says: "The last seven days", term: () => "from:7d" },
  { name: "30 d", says: "The last thirty days", term: () => "from:30d" },
  { name: "All", says: "Any time", term: () => undefined },
];

export function withPreset(filter: string, preset: TimePreset, now: Date): string {
  return setKey(setKey(filter, "after", undefined), "from", preset.term(now));
}

const INTERVAL_KEYS = ["from", "to", "after", "before", "started", "ended"];

/** The preset that the filter says, if it is one of them. */
export function presetOf(filter: string, now: Date): TimePreset | undefined {
  const times = parseTerms(filter).filter(({ key }) => INTERVAL_KEYS.includes(key));
  if (times.length > 1) {
    return undefined;
  }
  const term = times[0]?.raw.replace(/^after:/, "from:");
  return TIME_PRESETS.find((preset) => preset.term(now) === term);
}

/** The reader's own midnight, in UTC as the language has it. */
function midnight(now: Date): string {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  return start.toISOString().replace(".000Z", "Z");
}

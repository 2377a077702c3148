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
  return setKey(filter, "from", preset.term(now));
}

/** The preset that the filter says, if it is one of them. */
export function presetOf(filter: string, now: Date): TimePreset | undefined {
  const times = parseTerms(filter).filter(({ key }) => ["from", "to", "started", "ended"].includes(key));
  if (times.length > 1) {
    return undefined;
  }
  return TIME_PRESETS.find((preset) => preset.term(now) === times[0]?.raw);
}

/** The reader's own midnight, in UTC as the language has it. */
function midnight(now: Date): string {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  return start.toISOString().replace(".000Z", "Z");
}

import { visibleLine } from "@/replay/text/visible";
import { FILTER_KEYS, type FilterKey, filterKey, isCompared } from "./keys";
import { parseTerms, quoteValue } from "./terms";

/** What is being written where the caret stands: a key, or one value of a key. `from` to `to` is to be replaced. */
export type Writing = { from: number; to: number; prefix: string } & (
  | { what: "key" }
  | { what: "value"; key: FilterKey }
);

export interface Suggestion {
  /** What takes the place of what is written. */
  text: string;
  label: string;
  /** A word about it, or how many sessions have it. */
  hint: string;
  /** The term is whole: the filter can be applied. */
  whole: boolean;
}

const OPERATOR = /:|>=|<=|>|</;

export function writingAt(text: string, caret: number): Writing | undefined {
  const term = parseTerms(text).find(({ start, end }) => start <= caret && caret <= end);
  if (!term) {
    return { what: "key", from: caret, to: caret, prefix: "" };
  }
  const signEnd = term.start + (term.raw.startsWith("-") ? 1 : 0);
  const operator = OPERATOR.exec(term.raw);
  const operatorEnd = operator ? term.start + operator.index + operator[0].length : undefined;
  if (operatorEnd === undefined || caret < operatorEnd) {
    return { what: "key", from: signEnd, to: term.end, prefix: text.slice(signEnd, caret) };
  }
  const key = filterKey(term.key);
  if (!key) {
    return undefined;
  }
  const from = operatorEnd + startOfValue(text.slice(operatorEnd, caret));
  const to = caret + lengthOfRest(text.slice(from, caret), text.slice(caret, term.end));
  return { what: "value", key, from, to, prefix: unquote(text.slice(from, caret)) };
}

export function suggestKeys(prefix: string): Suggestion[] {
  return FILTER_KEYS.filter(({ key }) => key.startsWith(prefix.toLowerCase())).map((key) => ({
    text: `${key.key}${isCompared(key) ? ">" : ":"}`,
    label: key.key,
    hint: key.says,
    whole: false,
  }));
}

export function suggestValues(
  prefix: string,
  values: readonly { name: string; hint: string }[],
): Suggestion[] {
  const wanted = prefix.toLowerCase();
  return values
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ name, hint }) => ({ text: quoteValue(name), label: visibleLine(name), hint, whole: true }));
}

/** The text with the suggestion in place, and where the caret goes. */
export function complete(
  text: string,
  writing: Pick<Writing, "from" | "to">,
  suggestion: Suggestion,
): { text: string; caret: number } {
  const caret = writing.from + suggestion.text.length;
  return { text: text.slice(0, writing.from) + suggestion.text + text.slice(writing.to), caret };
}

/** Where the last value of several begins: behind the last comma that no quote holds. */
function startOfValue(values: string): number {
  let start = 0;
  let quoted = false;
  for (let at = 0; at < values.length; at += 1) {
    if (quoted && values[at] === "\\") {
      at += 1;
    } else if (values[at] === '"') {
      quoted = !quoted;
    } else if (values[at] === "," && !quoted) {
      start = at + 1;
    }
  }
  return start;
}

/** How much behind the caret still belongs to the value: up to the next comma, or to the end of its quotes. */
function lengthOfRest(before: string, after: string): number {
  if (before.startsWith('"')) {
    return after.length;
  }
  const comma = after.indexOf(",");
  return comma === -1 ? after.length : comma;
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1).replace(/"$/, "").replace(/\\(.)/g, "$1") : value;
}

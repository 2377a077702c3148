import { visibleLine } from "@/replay/text/visible";

/**
 * The filter language as the page needs it: where terms begin and end, so that chips and completion can change the text
 * without touching the rest of it. What is right or wrong is the server's word.
 */

type Operator = ":" | ">" | ">=" | "<" | "<=";

export interface Term {
  /** Places in the text, in UTF-16 units; `end` is behind the term. */
  start: number;
  end: number;
  raw: string;
  negated: boolean;
  /** Empty when the text is no term at all. */
  key: string;
  operator: Operator;
  values: string[];
}

const HEAD = /^(-?)([A-Za-z0-9_]+)(:|>=|<=|>|<)/;

export function parseTerms(text: string): Term[] {
  const terms: Term[] = [];
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at += 1;
      continue;
    }
    const end = endOfTerm(text, at);
    terms.push(termOf(text.slice(at, end), at, end));
    at = end;
  }
  return terms;
}

function termOf(raw: string, start: number, end: number): Term {
  const head = HEAD.exec(raw);
  const [whole = "", sign, key = "", operator] = head ?? [];
  return {
    start,
    end,
    raw,
    negated: sign === "-",
    key,
    operator: (operator ?? ":") as Operator,
    values: head ? splitValues(raw.slice(whole.length)) : [],
  };
}

/** White space ends a term, but not within quotes. */
function endOfTerm(text: string, start: number): number {
  let quoted = false;
  let at = start;
  for (; at < text.length; at += 1) {
    const char = text[at];
    if (quoted && char === "\\") {
      at += 1;
    } else if (char === '"') {
      quoted = !quoted;
    } else if (!quoted && isSpace(char)) {
      break;
    }
  }
  return Math.min(at, text.length);
}

function splitValues(text: string): string[] {
  const values: string[] = [];
  let value = "";
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (quoted && char === "\\") {
      at += 1;
      value += text[at] ?? "";
    } else if (char === '"') {
      quoted = !quoted;
    } else if (char === "," && !quoted) {
      values.push(value);
      value = "";
    } else {
      value += char;
    }
  }
  return [...values, value];
}

/** A value as it is written: in quotes where it has to be. */
export function quoteValue(value: string): string {
  return value === "" || /[\s,"\\]/u.test(value)
    ? `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`
    : value;
}

export function writeTerm(term: Pick<Term, "key" | "operator" | "values" | "negated">): string {
  return `${term.negated ? "-" : ""}${term.key}${term.operator}${term.values.map(quoteValue).join(",")}`;
}

export function removeTerm(text: string, term: Term): string {
  return join(parseTerms(text).filter(({ start }) => start !== term.start));
}

/** Adds a value: to the term that already asks for this key, else as a term of its own. */
export function addValue(text: string, key: string, value: string): string {
  const terms = parseTerms(text);
  const asked = terms.find((each) => each.key === key && each.operator === ":" && !each.negated);
  if (!asked) {
    return `${join(terms)} ${key}:${quoteValue(value)}`.trimStart();
  }
  const values = [...new Set([...asked.values, value])].filter((each) => each !== "");
  return join(terms.map((term) => (term === asked ? { raw: writeTerm({ ...asked, values }) } : term)));
}

/** Leaves one term of the key, or none. */
export function setKey(text: string, key: string, term: string | undefined): string {
  const kept = parseTerms(text).filter((each) => each.key !== key);
  return join(term === undefined ? kept : [...kept, { raw: term }]);
}

/** Whether a filter asks for a value of a key: `verdict:wrong`. */
export function asksFor(text: string, key: string, value: string): boolean {
  return parseTerms(text).some((term) => term.key === key && !term.negated && term.values.includes(value));
}

/** Keys that read as a sentence with their value, and how. */
const SENTENCES = new Map([
  ...["from", "to", "after", "before"].map((key): [string, string] => [key, key]),
  ["new_skill", "new skill"],
  ["judged", "judged since"],
]);

/** What a chip says: `model is opus or sonnet`, `cost over 0.5`, `tool is not Bash`, `from 7d`. */
export function chipWords({ raw, key, operator, values, negated }: Term): string {
  if (key === "") {
    return visibleLine(raw);
  }
  const value = visibleLine(values.join(" or "));
  const sentence = operator === ":" ? SENTENCES.get(key) : undefined;
  if (sentence !== undefined) {
    return `${negated ? "not " : ""}${sentence} ${value}`;
  }
  return `${key} ${OPERATOR_WORDS[operator](negated)} ${value}`;
}

const OPERATOR_WORDS: Record<Operator, (negated: boolean) => string> = {
  ":": (negated) => (negated ? "is not" : "is"),
  ">": (negated) => (negated ? "is not over" : "over"),
  ">=": (negated) => (negated ? "is not at least" : "at least"),
  "<": (negated) => (negated ? "is not under" : "under"),
  "<=": (negated) => (negated ? "is not at most" : "at most"),
};

function join(terms: readonly Pick<Term, "raw">[]): string {
  return terms.map(({ raw }) => raw).join(" ");
}

function isSpace(char: string | undefined): boolean {
  return char !== undefined && /\s/u.test(char);
}

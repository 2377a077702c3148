/**
 * Which placeholders in captured texts stand for something that was redacted. Only the server's spans tell: anybody can type
 * a placeholder. The true ones are marked as soon as a text arrives, so that they are known wherever a piece of the text is
 * shown, cut, folded or taken apart.
 */
import type { RedactionSpan } from "@/api/types";

export interface Placeholder {
  kind: string;
  /** Digits that tell one redacted value from another; none for what could be guessed. */
  fingerprint: string | undefined;
}

/** Characters that no text may have, by Unicode's own word. */
const NONCHARACTER_FIRST = 0xfdd0;
const NONCHARACTERS = 32;
const MARK_LENGTH = 6;

/** Stands before every true placeholder. Made anew for each page, so that no captured text can have it. */
const MARK = Array.from(crypto.getRandomValues(new Uint8Array(MARK_LENGTH)), (byte) =>
  String.fromCharCode(NONCHARACTER_FIRST + (byte % NONCHARACTERS)),
).join("");

const PLACEHOLDER = String.raw`\[redacted:([a-z0-9-]{1,32})(?::([0-9a-f]{10}))?\]`;
const WHOLE = new RegExp(`^${PLACEHOLDER}$`);
const MARKED = new RegExp(`${MARK}${PLACEHOLDER}`, "g");
const MARKED_HERE = new RegExp(`${MARK}${PLACEHOLDER}`, "y");

/** As part of an expression: a marked placeholder as one. */
export const MARKED_SOURCE = `${MARK}\\[[^\\]]*\\]`;

/** The text with its true placeholders marked. A span that does not hold a placeholder marks nothing. */
export function marked(text: string, spans: readonly RedactionSpan[] | undefined): string {
  if (!spans || spans.length === 0) {
    return text;
  }
  let result = "";
  let copied = 0;
  const place = new BytePlaces(text);
  for (const { start, end } of spans.toSorted((one, other) => one.start - other.start)) {
    const from = place.at(start);
    const to = place.at(end);
    if (from >= copied && WHOLE.test(text.slice(from, to))) {
      result += `${text.slice(copied, from)}${MARK}${text.slice(from, to)}`;
      copied = to;
    }
  }
  return result + text.slice(copied);
}

/** Turns places in bytes of UTF-8 into places in a string, forward only. */
class BytePlaces {
  private bytes = 0;
  private place = 0;

  constructor(private readonly text: string) {}

  at(bytes: number): number {
    while (this.bytes < bytes && this.place < this.text.length) {
      const point = this.text.codePointAt(this.place) ?? 0;
      this.bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      this.place += point < 0x10000 ? 1 : 2;
    }
    return this.place;
  }
}

/** The text as it was captured. */
export function unmarked(text: string): string {
  return text.includes(MARK) ? text.replaceAll(MARK, "") : text;
}

/** How long the marked placeholder is that begins here; 0 without one. */
export function markedLength(text: string, at: number): number {
  MARKED_HERE.lastIndex = at;
  return text[at] === MARK[0] ? (MARKED_HERE.exec(text)?.[0].length ?? 0) : 0;
}

/** A text in pieces: what was captured, and true placeholders. What a cut left of a mark is gone. */
export function pieces(text: string): (string | Placeholder)[] {
  if (!MARK_CHARACTERS.test(text)) {
    return [text];
  }
  const found: (string | Placeholder)[] = [];
  const whole = withoutCutMarks(text);
  let at = 0;
  for (const match of whole.matchAll(MARKED)) {
    found.push(unmarked(whole.slice(at, match.index)), { kind: match[1] ?? "", fingerprint: match[2] });
    at = match.index + match[0].length;
  }
  found.push(unmarked(whole.slice(at)));
  return found.filter((piece) => piece !== "");
}

const MARK_CHARACTERS = new RegExp(`[${MARK}]`);

function withoutCutMarks(text: string): string {
  // One character alone may as well have been captured.
  for (let length = MARK_LENGTH - 1; length > 1; length--) {
    if (text.endsWith(MARK.slice(0, length)) && !text.endsWith(MARK)) {
      return withoutCutMarks(text.slice(0, -length));
    }
    if (text.startsWith(MARK.slice(-length)) && !text.startsWith(MARK)) {
      return withoutCutMarks(text.slice(length));
    }
  }
  return text;
}

/** The marked placeholders of a text. */
export function placeholdersIn(text: string): Placeholder[] {
  return pieces(text).filter((piece) => typeof piece !== "string");
}

export const placeholderText = ({ kind, fingerprint }: Placeholder) =>
  `[redacted:${kind}${fingerprint === undefined ? "" : `:${fingerprint}`}]`;

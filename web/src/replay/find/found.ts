/** What was found in a session: steps in their order, and the words that were meant. Pure. */
import type { FoundHit } from "@/api/types";

/** Hits are told with their words in pages. */
export const HITS_AT_ONCE = 50;

export const hitsOffset = (place: number) => Math.floor(place / HITS_AT_ONCE) * HITS_AT_ONCE;

/** The place among the hits of the first at or after a step; the first of all where none is. */
export function hitFrom(indexes: readonly number[], step: number): number {
  let low = 0;
  let high = indexes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((indexes[middle] ?? 0) < step) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low === indexes.length ? 0 : low;
}

/** The hit after this one, either way; behind the last comes the first. */
export const nextHit = (count: number, hit: number, direction: 1 | -1) =>
  count === 0 ? 0 : (hit + direction + count) % count;

const TERMS_MAX = 60;
const TERM_LENGTH_MAX = 200;

/** The texts that were found, as they stand, without repetition whatever their case. */
export function termsOf(hits: readonly FoundHit[]): string[] {
  const terms = new Map<string, string>();
  for (const { snippet } of hits) {
    const points = Array.from(snippet.text);
    for (const [start = 0, end = 0] of snippet.marks) {
      const term = points.slice(start, end).join("");
      if (term.trim() !== "" && term.length <= TERM_LENGTH_MAX && terms.size < TERMS_MAX) {
        terms.set(term.toLowerCase(), term);
      }
    }
  }
  return [...terms.values()];
}

/** Finds the terms in a text, the longest first; undefined where there are none. */
export function expressionOf(terms: readonly string[]): RegExp | undefined {
  if (terms.length === 0) {
    return undefined;
  }
  const longestFirst = terms.toSorted((one, other) => other.length - one.length);
  return new RegExp(longestFirst.map(escaped).join("|"), "giu");
}

const escaped = (term: string) => term.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

/** A text as pieces, with what was found in it. Marks in characters, as the server counts them. */
export function markedPieces(
  text: string,
  marks: readonly (readonly number[])[],
): { text: string; isFound: boolean }[] {
  const points = Array.from(text);
  const pieces: { text: string; isFound: boolean }[] = [];
  let at = 0;
  const add = (to: number, isFound: boolean) => {
    if (to > at) {
      pieces.push({ text: points.slice(at, to).join(""), isFound });
      at = to;
    }
  };
  for (const [start = 0, end = 0] of marks) {
    add(Math.min(start, points.length), false);
    add(Math.min(end, points.length), true);
  }
  add(points.length, false);
  return pieces;
}

/** What is typed finds words that begin so: the last one may not be written to its end. */
export function asTyped(words: string): string {
  const isWithinQuotes = (words.match(/"/g)?.length ?? 0) % 2 === 1;
  return !isWithinQuotes && /(^|\s)[\p{Script=Latin}\p{N}]{2,}$/u.test(words) && !/(^|\s)OR$/.test(words)
    ? `${words}*`
    : words;
}

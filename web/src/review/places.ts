/**
 * Where a piece of one text stands in another that says the same with other marks: what a reader selects on the page
 * has no `**` and no `\n` in quotes, the captured text has. Both ways round.
 */

export interface Range16 {
  /** In UTF-16 units, as strings are indexed. */
  start: number;
  end: number;
}

/** What two writings of one text have in common, with where each character stands. */
interface Essence {
  text: string;
  at: number[];
}

type Keep = (point: string) => boolean;

const isLetterOrDigit: Keep = (point) => /[\p{L}\p{N}]/u.test(point);
const isLetter: Keep = (point) => /\p{L}/u.test(point);
const isSeen: Keep = (point) => !/[\s\p{C}]/u.test(point);

function essenceOf(text: string, keep: Keep): Essence {
  let kept = "";
  const at: number[] = [];
  let place = 0;
  for (const point of text) {
    if (keep(point)) {
      kept += point;
      for (let unit = 0; unit < point.length; unit++) {
        at.push(place + unit);
      }
    }
    place += point.length;
  }
  return { text: kept, at };
}

/**
 * Finds `needle` in `haystack`. `before` is what stood before it where it was taken from: of several like pieces, the one
 * with as many like it before it is meant. Undefined where it is not there.
 */
export function findAlike(needle: string, before: string, haystack: string): Range16 | undefined {
  const wanted = needle.trim();
  if (wanted === "") {
    return undefined;
  }
  // The closest writing first; each further one overlooks more.
  for (const keep of [() => true, isSeen, isLetterOrDigit, isLetter]) {
    const sought = essenceOf(wanted, keep);
    if (sought.text === "") {
      return undefined;
    }
    const there = essenceOf(haystack, keep);
    const rank = occurrences(essenceOf(before, keep).text, sought.text).length;
    const found = occurrences(there.text, sought.text);
    const place = found[Math.min(rank, found.length - 1)];
    if (place !== undefined) {
      return {
        start: there.at[place] ?? 0,
        end: (there.at[place + sought.text.length - 1] ?? 0) + 1,
      };
    }
  }
  return undefined;
}

function occurrences(text: string, sought: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(sought); at !== -1; at = text.indexOf(sought, at + sought.length)) {
    found.push(at);
  }
  return found;
}

/** A place in a string as a number of Unicode scalar values, which is how anchors count. */
export function scalarsBefore(text: string, place: number): number {
  let scalars = 0;
  for (let at = 0; at < place; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) {
    scalars++;
  }
  return scalars;
}

/** The other way round. */
export function placeOfScalar(text: string, scalars: number): number {
  let at = 0;
  for (let seen = 0; seen < scalars && at < text.length; seen++) {
    at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  }
  return at;
}

/**
 * Marks words in what is on the page without changing it: captured text stays as it was put there. Browsers without the
 * Highlight API show the hits without marks.
 */

const FOUND = "argus-found";
const FOUND_NOW = "argus-found-now";
/** More marks than this help nobody. */
const RANGES_MAX = 2_000;

const isKnown = typeof CSS !== "undefined" && "highlights" in CSS && typeof Highlight !== "undefined";

/** Where an expression stands in the texts of an element. */
export function rangesIn(element: Element, expression: RegExp, most: number): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && ranges.length < most; node = walker.nextNode()) {
    for (const match of (node.nodeValue ?? "").matchAll(expression)) {
      if (match[0] === "" || ranges.length >= most) {
        break;
      }
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Marks what was found in the rows, and apart from it what was found in the row that is looked at. */
export function highlight(rows: readonly Element[], now: Element | undefined, expression: RegExp) {
  if (!isKnown) {
    return;
  }
  const found: Range[] = [];
  for (const row of rows) {
    if (row !== now) {
      found.push(...rangesIn(row, expression, RANGES_MAX - found.length));
    }
  }
  CSS.highlights.set(FOUND, new Highlight(...found));
  CSS.highlights.set(FOUND_NOW, new Highlight(...(now ? rangesIn(now, expression, RANGES_MAX) : [])));
}

export function clearHighlights() {
  if (isKnown) {
    CSS.highlights.delete(FOUND);
    CSS.highlights.delete(FOUND_NOW);
  }
}

/** Where the first of the words stands that are looked at. */
export function firstMarkNow(): DOMRect | undefined {
  const [first] = isKnown ? (CSS.highlights.get(FOUND_NOW) ?? []) : [];
  return first instanceof Range ? first.getBoundingClientRect() : undefined;
}

import { type RefObject, useEffect } from "react";
import { clearHighlights, firstMarkNow, highlight } from "../find/highlight";

/** What the rows are looked through for. */
export interface Sought {
  expression: RegExp | undefined;
  steps: ReadonlySet<number>;
  /** The step of the hit that is looked at. */
  now: number | undefined;
}

/** Keeps the marks of what was found on the rows, whichever come and go. */
export function useFoundMarks(scroller: RefObject<HTMLElement | null>, { expression, steps, now }: Sought) {
  useEffect(() => {
    const element = scroller.current;
    if (!element || !expression || steps.size === 0) {
      return;
    }
    let frame: number | undefined;
    const mark = () => {
      frame = undefined;
      const rows = [...element.querySelectorAll(".replay-row")].filter((row) => steps.has(stepOf(row)));
      highlight(
        rows,
        rows.find((row) => stepOf(row) === now),
        expression,
      );
    };
    const later = () => {
      frame ??= requestAnimationFrame(mark);
    };
    const observer = new MutationObserver(later);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    later();
    return () => {
      observer.disconnect();
      if (frame !== undefined) {
        cancelAnimationFrame(frame);
      }
      clearHighlights();
    };
  }, [scroller, expression, steps, now]);
}

const stepOf = (row: Element) => Number(row.ariaPosInSet ?? 0) - 1;

/** The row has to be scrolled to, opened and marked before it is known where the words stand in it. */
const SETTLED_MS = 250;
const AIR = 48;

/** Scrolls on to the words that were found, where their row is taller than what can be seen of it. */
export function sightFound(scroller: HTMLElement | null, release: () => void) {
  setTimeout(() => {
    const words = scroller && firstMarkNow();
    if (!words) {
      return;
    }
    const frame = scroller.getBoundingClientRect();
    if (words.bottom > frame.bottom - AIR || words.top < frame.top) {
      release();
      scroller.scrollTop += words.top - frame.top - frame.height / 3;
    }
  }, SETTLED_MS);
}

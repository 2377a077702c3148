import type { Virtualizer } from "@tanstack/react-virtual";
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";

/** How long rows may still change their heights after a place was shown. */
const HOLD_MS = 1_000;
/** Once the place was reached, a jump this many screens away is somebody else's: the browser's search, say. */
const FAR_SCREENS = 1.5;
const REACHED_MS = 200;
const SCROLLING_KEYS = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);

/**
 * Brings a row to the top and keeps it there while the rows around it are measured, until the reader takes over.
 * `firstRow` is there from the first picture on.
 */
export function useHeldRow(
  virtualizer: Virtualizer<HTMLDivElement, Element>,
  scroller: RefObject<HTMLElement | null>,
  totalSize: number,
  firstRow: number,
): { hold: (row: number) => void; release: () => void; held: RefObject<number | undefined> } {
  const held = useRef<number>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const since = useRef(0);

  const hold = useCallback(
    (row: number) => {
      held.current = row;
      since.current = performance.now();
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        held.current = undefined;
      }, HOLD_MS);
      virtualizer.scrollToIndex(row, { align: "start" });
    },
    [virtualizer],
  );

  useLayoutEffect(() => {
    if (firstRow > 0) {
      hold(firstRow);
    }
  }, [firstRow, hold]);

  // Before the change is painted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change of heights may move the row
  useLayoutEffect(() => {
    if (held.current !== undefined) {
      virtualizer.scrollToIndex(held.current, { align: "start" });
    }
  }, [totalSize, virtualizer]);

  useEffect(() => {
    const element = scroller.current;
    const release = () => {
      held.current = undefined;
    };
    const onScroll = () => {
      const place =
        held.current === undefined ? undefined : virtualizer.getOffsetForIndex(held.current, "start");
      const away = Math.abs((element?.scrollTop ?? 0) - (place?.[0] ?? 0));
      if (
        place &&
        away > (element?.clientHeight ?? 0) * FAR_SCREENS &&
        performance.now() - since.current > REACHED_MS
      ) {
        release();
      }
    };
    const onKeyDown = (event: KeyboardEvent) => SCROLLING_KEYS.has(event.key) && release();
    element?.addEventListener("scroll", onScroll, { capture: true, passive: true });
    element?.addEventListener("wheel", release, { passive: true });
    element?.addEventListener("touchmove", release, { passive: true });
    element?.addEventListener("pointerdown", release);
    element?.addEventListener("keydown", onKeyDown);
    return () => {
      clearTimeout(timer.current);
      element?.removeEventListener("scroll", onScroll, { capture: true });
      element?.removeEventListener("wheel", release);
      element?.removeEventListener("touchmove", release);
      element?.removeEventListener("pointerdown", release);
      element?.removeEventListener("keydown", onKeyDown);
    };
  }, [scroller, virtualizer]);

  const release = useCallback(() => {
    held.current = undefined;
  }, []);
  return { hold, release, held };
}

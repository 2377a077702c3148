import { type RefObject, useEffect, useState } from "react";
import { Cell } from "../cell";

/** Faster than this nobody reads: about four screens a second. */
const PIXELS_PER_MS = 4;
const REST_MS = 100;

/** True while the reader flies over rows, which then need neither be fetched nor built. */
export function useFlying(scroller: RefObject<HTMLElement | null>): Cell<boolean> {
  const [flying] = useState(() => new Cell(false));
  useEffect(() => {
    const element = scroller.current;
    if (!element) {
      return;
    }
    let offset = element.scrollTop;
    let at = performance.now();
    let landing: ReturnType<typeof setTimeout>;
    const onScroll = ({ timeStamp }: Event) => {
      const speed = Math.abs(element.scrollTop - offset) / Math.max(1, timeStamp - at);
      offset = element.scrollTop;
      at = timeStamp;
      if (speed > PIXELS_PER_MS) {
        flying.set(true);
        clearTimeout(landing);
        landing = setTimeout(() => flying.set(false), REST_MS);
      }
    };
    // Before the list hears of it, and builds the rows.
    element.addEventListener("scroll", onScroll, { capture: true, passive: true });
    return () => {
      clearTimeout(landing);
      element.removeEventListener("scroll", onScroll, { capture: true });
    };
  }, [scroller, flying]);
  return flying;
}

import { type RefObject, useLayoutEffect } from "react";

/** Between what hangs and what it hangs from, CSS pixels. */
const GAP = 4;
/** Between what hangs and the window's edges. */
const MARGIN = 8;

/**
 * Keeps what is open beside what it hangs from, wherever there is room: upwards at the foot of a page, never beyond the
 * window's sides, and not cut off by anything that scrolls. The element is fixed; `--room` is the height it may have.
 */
export function useBeside(
  anchor: RefObject<HTMLElement | null>,
  hanging: RefObject<HTMLElement | null>,
  open: boolean,
  align: "start" | "end" = "end",
) {
  useLayoutEffect(() => {
    const from = anchor.current;
    const element = hanging.current;
    // Asked only when it is open: asking for a place has the browser lay out everything at once.
    if (!open || !from || !element) {
      return;
    }
    const place = () => {
      const at = from.getBoundingClientRect();
      const { offsetWidth: width, scrollHeight: height, style } = element;
      const below = innerHeight - at.bottom - GAP - MARGIN;
      const above = at.top - GAP - MARGIN;
      const isAbove = height > below && above > below;
      const left = align === "start" ? at.left : at.right - width;
      style.left = `${Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN))}px`;
      style.top = isAbove ? "auto" : `${at.bottom + GAP}px`;
      style.bottom = isAbove ? `${innerHeight - at.top + GAP}px` : "auto";
      style.setProperty("--room", `${isAbove ? above : below}px`);
    };
    place();
    const listening = { capture: true, passive: true } as const;
    addEventListener("scroll", place, listening);
    addEventListener("resize", place);
    return () => {
      removeEventListener("scroll", place, listening);
      removeEventListener("resize", place);
    };
  }, [anchor, hanging, open, align]);
}

import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

/**
 * Keeps the focus among these elements when the one that has it goes or is switched off: it moves to what stands in its
 * place then. Whoever works by keyboard would have to start again from the page's top.
 */
export function useFocusKept(
  root: RefObject<HTMLElement | null>,
  stops = "a[href], button, input, select, textarea",
) {
  const last = useRef<{ element: HTMLElement; place: number }>(undefined);

  useEffect(() => {
    const element = root.current;
    const onFocus = ({ target }: FocusEvent) => {
      const place = [...(element?.querySelectorAll<HTMLElement>(stops) ?? [])].indexOf(target as HTMLElement);
      last.current = place === -1 ? undefined : { element: target as HTMLElement, place };
    };
    element?.addEventListener("focusin", onFocus);
    return () => element?.removeEventListener("focusin", onFocus);
  }, [root, stops]);

  useLayoutEffect(() => {
    const held = last.current;
    const isGone = held && (!held.element.isConnected || held.element.matches(":disabled"));
    const focused = document.activeElement;
    if (!isGone || (focused !== document.body && focused !== held.element)) {
      return;
    }
    const there = [...(root.current?.querySelectorAll<HTMLElement>(stops) ?? [])].filter(
      (stop) => !stop.matches(":disabled"),
    );
    there[Math.min(held.place, there.length - 1)]?.focus({ preventScroll: true });
  });
}

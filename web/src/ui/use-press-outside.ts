import { type RefObject, useEffect, useEffectEvent } from "react";

/** Tells when something outside the element is pressed, while it is open. */
export function usePressOutside(element: RefObject<HTMLElement | null>, open: boolean, onPress: () => void) {
  const pressed = useEffectEvent(onPress);

  useEffect(() => {
    if (!open) {
      return;
    }
    const onPointerDown = (event: PointerEvent) => {
      if (!element.current?.contains(event.target as Node)) {
        pressed();
      }
    };
    document.addEventListener("pointerdown", onPointerDown);
    return () => document.removeEventListener("pointerdown", onPointerDown);
  }, [element, open]);
}

import { useEffect } from "react";

/**
 * Gives the focus back to what had it, when what this is called in closes and takes the focus with it. What had it may be gone
 * by then, as a row that was scrolled away: the transcript has it instead.
 */
export function useFocusBack() {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (document.activeElement !== document.body) {
        return;
      }
      const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
      const back = isThere ? before : document.querySelector<HTMLElement>("[role='feed']");
      back?.focus({ preventScroll: true });
    };
  }, []);
}

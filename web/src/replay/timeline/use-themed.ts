import { useSyncExternalStore } from "react";
import { usePreferences } from "@/preferences/preferences";

/** Another value whenever colours change: what is drawn, and not styled, must be drawn anew. */
export function useThemed(): string {
  const { theme } = usePreferences();
  const dark = useSyncExternalStore(
    (listener) => {
      const list = matchMedia("(prefers-color-scheme: dark)");
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia("(prefers-color-scheme: dark)").matches,
  );
  return `${theme} ${dark}`;
}

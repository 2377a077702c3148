import { useState } from "react";
import type { StepRow } from "@/api/types";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { RawStep } from "./RawDialog";

/** The raw records of the chosen step, by a key. */
export function RawOfChosen({ item }: { item: StepRow | undefined }) {
  const [shown, setShown] = useState(false);
  useShortcuts({ "session.raw": () => setShown(item !== undefined) });
  return shown && item ? <RawStep step={item.step} onClose={() => setShown(false)} /> : null;
}

import { useSyncExternalStore } from "react";
import { Cell } from "../cell";
import { type Placeholder, placeholderText } from "./redactions";

/** The redacted value that is pointed at, of which all others on the page are shown. */
const pointedAt = new Cell<string | undefined>(undefined);

/** Whether it is this value, and how to point at it. A value without a fingerprint is like no other. */
export function useHighlight(placeholder: Placeholder) {
  const name = placeholder.fingerprint === undefined ? undefined : placeholderText(placeholder);
  const isPointedAt = useSyncExternalStore(
    pointedAt.subscribe,
    () => name !== undefined && pointedAt.get() === name,
  );
  return {
    isPointedAt,
    point: () => pointedAt.set(name),
    leave: () => {
      if (pointedAt.get() === name) {
        pointedAt.set(undefined);
      }
    },
  };
}

import { type RefObject, useEffect } from "react";
import type { TurnRow } from "@/api/types";
import type { Cell } from "./cell";
import type { Where } from "./find-step";
import { usePlace } from "./use-place";

/** How long the transcript must rest before the address follows it. */
const REST_MS = 500;

/** The address follows the turn that is read, while no step is chosen. */
export function useAddressFollows({
  where: { workspace, session },
  turn,
  turns,
  seenTurn,
  shownTurn,
  enabled,
}: {
  where: Where;
  turn: string | undefined;
  turns: readonly TurnRow[];
  seenTurn: Cell<number>;
  shownTurn: RefObject<string | undefined>;
  enabled: boolean;
}) {
  const place = usePlace(workspace, session);
  useEffect(() => {
    if (!enabled) {
      return;
    }
    let timer: ReturnType<typeof setTimeout>;
    const unsubscribe = seenTurn.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const seen = turns[seenTurn.get()];
        if (seen && seen.id !== turn) {
          shownTurn.current = seen.id;
          place.toTurn(seen.id, true);
        }
      }, REST_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [enabled, turn, turns, seenTurn, shownTurn, place]);
}

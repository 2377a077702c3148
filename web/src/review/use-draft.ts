import { useState } from "react";

/** What was begun and left while the page is open. Never stored: it may be about what nobody else may read. */
const left = new Map<string, string>();
const LEFT_MAX = 100;

/**
 * A text that is being written. Whoever leaves it finds it again where they left it; once it is sent it is forgotten, unless it
 * is kept because it did not arrive. `place` names its writer and what it is about.
 */
export function useDraft<T extends string | undefined>(
  place: string,
  start: T,
): { text: string | T; write: (text: string) => void; forget: () => void; keep: (text: string) => void } {
  const [text, setText] = useState<string | T>(() => left.get(place) ?? start);
  return {
    text,
    write: (written) => {
      setText(written);
      left.delete(place);
      if (written !== (start ?? "")) {
        keep(place, written);
      }
    },
    forget: () => left.delete(place),
    keep: (written) => keep(place, written),
  };
}

function keep(place: string, text: string) {
  left.set(place, text);
  for (const oldest of [...left.keys()].slice(0, -LEFT_MAX)) {
    left.delete(oldest);
  }
}

import { useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { rangeOfText } from "@/share/words";

/** What a link to several turns points at: `?turns=3-5`. It stays while the address follows the reader. */
export function RangeNote({ turns }: { turns: number }) {
  const inAddress = useRouterState({
    select: ({ location }) => (location.search as { turns?: unknown }).turns,
  });
  const [text] = useState(inAddress);
  const range = typeof text === "string" ? rangeOfText(text) : undefined;
  if (!range || range.from > turns) {
    return null;
  }
  const to = Math.min(range.to, turns);
  return (
    <p className="replay-range">
      {range.from === to
        ? `The link points at turn ${range.from}.`
        : `The link points at turns ${range.from} to ${to}.`}
    </p>
  );
}

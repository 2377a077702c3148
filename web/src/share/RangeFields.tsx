import type { TurnRow } from "@/api/types";
import { Choice } from "@/ui/Field";
import { turnName } from "./words";

export interface Range {
  /** Places in the list of turns, the last one included. */
  from: number;
  to: number;
}

/** The first and the last turn of a range; one moves the other along. */
export function RangeFields({
  turns,
  range,
  onChange,
}: {
  turns: readonly TurnRow[];
  range: Range;
  onChange: (range: Range) => void;
}) {
  const options = turns.map((turn, place) => ({ value: String(place), name: turnName(turn) }));
  return (
    <>
      <Choice
        label="From turn"
        value={String(range.from)}
        options={options}
        onChange={(value) => onChange({ from: Number(value), to: Math.max(range.to, Number(value)) })}
      />
      <Choice
        label="To turn"
        value={String(range.to)}
        options={options}
        onChange={(value) => onChange({ from: Math.min(range.from, Number(value)), to: Number(value) })}
      />
    </>
  );
}

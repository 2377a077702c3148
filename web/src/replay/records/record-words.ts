import type { RecordView } from "@/api/types";
import { formatCount } from "@/format/count";

export const STATE_WORDS: Record<RecordView["state"], string> = {
  intact: "intact",
  erased: "erased",
  superseded: "superseded",
  damaged: "damaged",
};

/** What a reader must know of a record before reading it. */
export function standingOf(record: RecordView): string[] {
  const { state, superseded_by, counts, dropped, content_off } = record;
  const of = [
    state === "erased" ? "Its content was erased; the leaf is all there is." : undefined,
    state === "superseded"
      ? `Its content was destroyed${superseded_by === null ? "" : `; record ${formatCount(superseded_by)} has what is left`}.`
      : undefined,
    state === "damaged"
      ? "Its content is missing, or is not what its leaf says: run argus doctor."
      : undefined,
    state === "intact" && !counts ? "Another content of the same item counts in its place." : undefined,
    dropped ? "Its content could not be redacted and was dropped; its metadata is kept." : undefined,
    content_off ? "Its session's content is off: only its metadata is kept." : undefined,
  ];
  return of.filter((sentence) => sentence !== undefined);
}

/** The proof as JSON, for a program that checks it. */
export const bundleOf = ({ id, proof }: Pick<RecordView, "id" | "proof">): string =>
  JSON.stringify({ record: id, ...proof }, null, 2);

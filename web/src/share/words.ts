/** Sharing in words. */
import type { Share, SharePreview, ShareRequest, TurnRow } from "@/api/types";
import { plural } from "@/format/count";
import { oneLine, visibleLine } from "@/replay/text/visible";

export const DAYS = [
  { value: "1", name: "1 day" },
  { value: "7", name: "7 days" },
  { value: "30", name: "30 days" },
  { value: "90", name: "90 days" },
] as const;

/** Words or patterns, one a line. */
export function linesOfText(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** A turn in a list of them. */
export function turnName({ index, prompt }: Pick<TurnRow, "index" | "prompt">): string {
  const words = prompt.text === null ? "prompt not captured" : visibleLine(oneLine(prompt.text, 60), 60);
  return `${index + 1}  ${words}`;
}

/** What of a session a link shows. */
export function scopeWords({ turns }: Pick<Share, "turns">): string {
  return turns === null ? "the whole session" : plural(turns.count, "turn");
}

/** What a link leaves out. */
export function withoutWords({ tool_outputs, thinking, reviews }: Share | ShareRequest): string {
  const without = [!tool_outputs && "tool outputs", !thinking && "thinking", !reviews && "reviews"].filter(
    (part) => part !== false,
  );
  return without.length === 0 ? "" : `without ${without.join(", ")}`;
}

/** What redaction and masking did in what a link shows, a sentence each. */
export function previewWords(preview: SharePreview): string[] {
  const { redacted, masked, outputs_left_out, thinking_left_out, summaries_left_out } = preview;
  const kinds = redacted.map(({ kind, count }) => `${visibleLine(kind, 40)} ×${count}`).join(", ");
  const left = [
    outputs_left_out > 0 && plural(outputs_left_out, "tool output"),
    thinking_left_out > 0 && plural(thinking_left_out, "thought"),
    summaries_left_out > 0 &&
      plural(summaries_left_out, "summary of a compaction", "summaries of compactions"),
  ].filter((part) => part !== false);
  return [
    kinds === "" ? "Redaction replaced nothing in it." : `Redacted when it was stored: ${kinds}.`,
    masked === 0 ? "Nothing more is masked." : `Masked in ${plural(masked, "place")}.`,
    ...(left.length === 0 ? [] : [`Left out: ${left.join(", ")}.`]),
  ];
}

/** The turns of `?turns=3-5`, by their numbers; undefined for anything else. */
export function rangeOfText(text: string): { from: number; to: number } | undefined {
  const found = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text);
  if (!found) {
    return undefined;
  }
  const from = Number(found[1]);
  const to = Number(found[2] ?? found[1]);
  return from >= 1 && from <= to ? { from, to } : undefined;
}

/** The address of turns of a session: it opens at the first of them. */
export function rangePath(workspace: string, session: string, first: TurnRow, last: TurnRow): string {
  const place = `/w/${encodeURIComponent(workspace)}/sessions/${encodeURIComponent(session)}/turns/${encodeURIComponent(first.id)}`;
  return first.id === last.id ? place : `${place}?turns=${first.index + 1}-${last.index + 1}`;
}

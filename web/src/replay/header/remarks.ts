/** What a reader must know before believing the figures. */
import type { SessionHead } from "@/api/types";
import { plural } from "@/format/count";
import { formatMoney } from "@/format/money";
import { noticeWords } from "../wording";

export function remarksOf(
  head: Pick<SessionHead, "notices" | "totals" | "title" | "sources" | "dropped" | "content_off_at">,
): string[] {
  const { unpriced_requests, unattributed_nanousd } = head.totals;
  const differs = unattributedWords(unattributed_nanousd);
  return [
    ...(head.notices ?? []).map(noticeWords),
    ...(head.content_off_at
      ? [
          "Its person switched its content off: what was said and done is erased; that it was, when and how often stays.",
        ]
      : []),
    ...(!head.content_off_at && withoutTexts(head)
      ? ["Telemetry only: what was said and done was counted, but the texts were not captured."]
      : []),
    ...(head.dropped > 0
      ? [
          `The content of ${plural(head.dropped, "record")} was dropped, as it could not be redacted; ${head.dropped === 1 ? "its" : "their"} metadata is kept.`,
        ]
      : []),
    ...(unpriced_requests > 0 ? [`The cost of ${plural(unpriced_requests, "request")} is unknown.`] : []),
    ...(differs === undefined
      ? []
      : [`By the client's own total it cost ${differs} than the requests seen.`]),
  ];
}

/** How far the client's own total is from the sum over the requests that are known. */
export function unattributedWords(nanousd: number | null | undefined): string | undefined {
  if (nanousd === null || nanousd === undefined || nanousd === 0) {
    return undefined;
  }
  return nanousd > 0 ? `${formatMoney(nanousd)} more` : `${formatMoney(-nanousd)} less`;
}

/** Log records and metrics without content: nobody who could tell the texts was there. */
function withoutTexts({
  title,
  totals,
  sources,
}: Pick<SessionHead, "title" | "totals" | "sources">): boolean {
  return title === null && totals.steps > 0 && sources.every((source) => source.startsWith("otel_"));
}

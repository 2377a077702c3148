import type { ReviewSummary } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { visibleLine } from "@/replay/text/visible";
import { shortList } from "./session-words";
import "./ReviewMarks.css";

const TAGS_SHOWN = 2;

/** What people said of the session and its turns, in a few signs; nothing where nobody did. */
export function ReviewMarks({ review: { verdicts, tags, comments, score } }: { review: ReviewSummary }) {
  const isNothing = verdicts.good + verdicts.wrong + tags.length + comments === 0 && score === null;
  if (isNothing) {
    return null;
  }
  const names = tags.map((tag) => visibleLine(tag, 40));
  return (
    <span className="review-marks">
      <Verdicts sign="✗" word="wrong" count={verdicts.wrong} />
      <Verdicts sign="✓" word="good" count={verdicts.good} />
      {score !== null && <span title="The mean of its scores">{Math.round(score)} %</span>}
      {comments > 0 && <span>{plural(comments, "comment")}</span>}
      {names.length > 0 && (
        <span className="review-tags" title={names.join(", ")}>
          <span aria-hidden="true">#</span>
          <span className="visually-hidden">Tags: </span>
          <bdi>{shortList(names, TAGS_SHOWN)}</bdi>
        </span>
      )}
    </span>
  );
}

function Verdicts({ sign, word, count }: { sign: string; word: "good" | "wrong"; count: number }) {
  return (
    count > 0 && (
      <span className={`review-${word}`} title={`${formatCount(count)} × ${word}`}>
        <span aria-hidden="true">{sign}</span>
        <span className="visually-hidden">{word}</span>
        {count > 1 && ` ${formatCount(count)}`}
      </span>
    )
  );
}

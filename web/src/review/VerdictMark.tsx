import { plural } from "@/format/count";
import { useReplay } from "@/replay/replay-context";
import { visibleLine } from "@/replay/text/visible";
import type { Standing } from "./judgements";
import { useStanding } from "./use-reviews";
import "./verdict-mark.css";

/** What was judged of a turn of this replay, in a few signs; nothing where nobody judged it. */
export function VerdictMark({ turn }: { turn: string | null }) {
  const { workspace, session } = useReplay();
  return <StandingMark standing={useStanding(workspace, session, turn)} />;
}

export function StandingMark({ standing }: { standing: Standing }) {
  const { good, wrong, tags, comments, score } = standing;
  if (good.length + wrong.length + tags.length + comments === 0 && score === undefined) {
    return null;
  }
  return (
    <span className="verdict-mark">
      {wrong.length > 0 && (
        <span className="verdict-wrong" title={peopleOf("Wrong", wrong)}>
          <span aria-hidden="true">✗</span>
          <span className="visually-hidden">wrong</span>
          {wrong.length > 1 && ` ${wrong.length}`}
        </span>
      )}
      {good.length > 0 && (
        <span className="verdict-good" title={peopleOf("Good", good)}>
          <span aria-hidden="true">✓</span>
          <span className="visually-hidden">good</span>
          {good.length > 1 && ` ${good.length}`}
        </span>
      )}
      {score && score.percent !== null && (
        <span
          className={score.passed === false ? "verdict-wrong" : "verdict-good"}
          title={`${visibleLine(score.rubric_name, 80)}, version ${score.version}`}
        >
          {Math.round(score.percent)} %
        </span>
      )}
      {comments > 0 && (
        <span className="verdict-comments" title={plural(comments, "comment")}>
          <span aria-hidden="true">“ </span>
          {comments}
          <span className="visually-hidden"> comments</span>
        </span>
      )}
      {tags.length > 0 && (
        <span className="verdict-tags" title={tags.map(({ tag }) => visibleLine(tag, 60)).join(", ")}>
          <span aria-hidden="true"># </span>
          {tags.length}
          <span className="visually-hidden"> tags</span>
        </span>
      )}
    </span>
  );
}

const peopleOf = (word: string, verdicts: Standing["good"]) =>
  verdicts
    .map(({ by, reason }) => visibleLine(`${word} by ${by.name}${reason === null ? "" : `: ${reason}`}`, 300))
    .join("\n");

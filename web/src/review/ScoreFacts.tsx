import { useQuery } from "@tanstack/react-query";
import { rubricQuery } from "@/api/queues";
import type { Score, ScoreAnswer } from "@/api/reviews";
import { VisibleLine } from "@/replay/text/Visible";
import { Arithmetic } from "./Arithmetic";
import type { Judging } from "./judging-context";
import { itemsOf } from "./scorecard";
import { Text } from "./Text";

/** A score with how it came about, and its answers behind a fold. */
export function ScoreFacts({ score, judging }: { score: Score; judging: Judging }) {
  const { workspace, turns, showTurn } = judging;
  const rubric = useQuery(rubricQuery(workspace, score.rubric, score.version));
  const items = rubric.data ? itemsOf(rubric.data) : [];
  const titleOf = (id: string) => items.find((item) => item.id === id)?.title ?? id;
  return (
    <>
      <p className="review-kind">
        <VisibleLine text={score.rubric_name} charactersMax={80} />, version {score.version}
      </p>
      <Arithmetic computed={score} titleOf={titleOf} />
      {score.comment && <Text text={score.comment} />}
      <details className="review-history">
        <summary>Answers</summary>
        <dl className="score-answers">
          {score.answers.map((answer) => {
            const turn = turns.find(({ id }) => id === answer.evidence_turn);
            return (
              <div key={answer.item}>
                <dt>
                  <VisibleLine text={titleOf(answer.item)} charactersMax={200} />
                </dt>
                <dd>
                  {valueWords(answer.value)}
                  {turn && (
                    <button type="button" className="score-evidence" onClick={() => showTurn(turn)}>
                      turn {turn.index + 1}
                    </button>
                  )}
                </dd>
                {answer.note && <Text text={answer.note} />}
              </div>
            );
          })}
        </dl>
      </details>
    </>
  );
}

export const valueWords = (value: ScoreAnswer["value"]) =>
  value === "na" ? "N/A" : value === true ? "yes" : value === false ? "no" : String(value);

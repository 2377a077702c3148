import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { messageOf } from "@/api/error";
import { adjudicateItem, type Queue, type QueueItem, rubricQuery } from "@/api/queues";
import type { Score, ScoreAnswer } from "@/api/reviews";
import { plural } from "@/format/count";
import { VisibleLine } from "@/replay/text/Visible";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Choice, FormError, TextField } from "@/ui/Field";
import { Loading } from "@/ui/Loading";
import { Switch } from "@/ui/Switch";
import { Arithmetic } from "../Arithmetic";
import { VERDICT_WORDS } from "../judgements";
import { valueWords } from "../ScoreFacts";
import { itemsOf } from "../scorecard";
import { Text } from "../Text";
import { useReviews } from "../use-reviews";
import "../review-tab.css";
import "../score-panel.css";

/** Where reviewers differ: what each said, side by side, and what holds. */
export function AdjudicateDialog({
  workspace,
  queue,
  item,
  onClose,
  onDone,
}: {
  workspace: string;
  queue: Queue;
  item: QueueItem;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const { reviews, known } = useReviews(workspace, item.session);
  const verdicts = reviews.verdicts.filter(
    (each) => each.current && each.turn === item.turn && each.verdict !== "withdrawn",
  );
  const scores = reviews.scores.filter(
    (each) => each.current && each.turn === item.turn && each.rubric === queue.rubric,
  );
  const [verdict, setVerdict] = useState<"good" | "wrong">("wrong");
  const [answers, setAnswers] = useState<ReadonlyMap<string, ScoreAnswer>>(new Map());
  const [text, setText] = useState("");
  const settled = settledAnswers(scores, answers);
  // A calibration may end in words alone.
  const [judges, setJudges] = useState(queue.kind !== "calibration");
  const toDecide =
    judges && queue.rubric !== null ? differing(scores).filter((item) => !answers.has(item)).length : 0;
  const isReady = text.trim() !== "" && toDecide === 0;
  const decide = useMutation({
    mutationFn: () =>
      adjudicateItem(
        workspace,
        item.id,
        !judges
          ? { text: text.trim() }
          : queue.rubric === null
            ? { verdict, text: text.trim() }
            : { answers: settled, text: text.trim() },
      ),
    onSuccess: async () => {
      onClose();
      await onDone();
    },
  });
  return (
    <Dialog title="Decide what holds" wide onClose={onClose}>
      {!known ? (
        <Loading />
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            if (isReady) {
              decide.mutate();
            }
          }}
        >
          {queue.rubric === null ? (
            <>
              <div className="disputed-sides">
                {verdicts.map(({ id, by, verdict: word, reason }) => (
                  <section key={id}>
                    <h3>
                      <VisibleLine text={by.name} charactersMax={60} />
                    </h3>
                    <p className={`review-verdict review-verdict-${word}`}>{VERDICT_WORDS[word]}</p>
                    {reason !== null && <Text text={reason} />}
                  </section>
                ))}
              </div>
              <Choice
                label="What holds"
                value={verdict}
                options={[
                  { value: "good", name: "Good" },
                  { value: "wrong", name: "Wrong" },
                ]}
                onChange={setVerdict}
              />
            </>
          ) : (
            <Scores
              workspace={workspace}
              session={item.session}
              rubric={queue.rubric}
              scores={scores}
              chosen={answers}
              onChoose={(answer) => {
                setAnswers(new Map(answers).set(answer.item, answer));
                setJudges(true);
              }}
            />
          )}
          {queue.kind === "calibration" && (
            <Switch on={judges} onChange={setJudges}>
              With a judgement of yours, as above
            </Switch>
          )}
          <TextField
            label={queue.kind === "calibration" ? "What was decided" : "Why"}
            hint={
              queue.kind === "calibration" && queue.rubric !== null
                ? "It is kept with the rubric as a precedent."
                : "All who judged it read this."
            }
            rows={3}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <FormError message={decide.error ? messageOf(decide.error) : undefined} />
          <div className="form-actions">
            <Button look="primary" type="submit" disabled={!isReady || decide.isPending}>
              This holds
            </Button>
            <Button onClick={onClose}>Cancel</Button>
            {toDecide > 0 && <span className="quiet">{plural(toDecide, "item")} to decide</span>}
          </div>
        </form>
      )}
    </Dialog>
  );
}

/** The items on which they differ. */
function differing(scores: readonly Score[]): string[] {
  const said = new Map<string, Set<string>>();
  for (const { item, value } of scores.flatMap((score) => score.answers)) {
    said.set(item, (said.get(item) ?? new Set()).add(String(value)));
  }
  return [...said].filter(([, values]) => values.size > 1).map(([item]) => item);
}

/** Where all said the same, that; elsewhere what was chosen. */
function settledAnswers(scores: readonly Score[], chosen: ReadonlyMap<string, ScoreAnswer>): ScoreAnswer[] {
  const first = scores[0];
  return (first?.answers ?? []).map((answer) => chosen.get(answer.item) ?? answer);
}

function Scores({
  workspace,
  session,
  rubric: id,
  scores,
  chosen,
  onChoose,
}: {
  workspace: string;
  session: string;
  rubric: string;
  scores: readonly Score[];
  chosen: ReadonlyMap<string, ScoreAnswer>;
  onChoose: (answer: ScoreAnswer) => void;
}) {
  const rubric = useQuery(rubricQuery(workspace, id, scores[0]?.version));
  const items = rubric.data ? itemsOf(rubric.data) : [];
  const differ = new Set(differing(scores));
  const answerOf = (score: Score, item: string) => score.answers.find((answer) => answer.item === item);
  return (
    <>
      <div className="disputed-sides">
        {scores.map((score) => (
          <section key={score.id}>
            <h3>
              <VisibleLine text={score.by.name} charactersMax={60} />
            </h3>
            <Arithmetic
              computed={score}
              titleOf={(item) => items.find((each) => each.id === item)?.title ?? item}
            />
          </section>
        ))}
      </div>
      <table className="table">
        <caption className="visually-hidden">What each answered</caption>
        <thead>
          <tr>
            <th scope="col">Item</th>
            {scores.map((score) => (
              <th key={score.id} scope="col">
                <VisibleLine text={score.by.name} charactersMax={40} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((item) => {
            const given = scores.map((score) => answerOf(score, item.id));
            const differs = differ.has(item.id);
            const holds = chosen.get(item.id);
            return (
              <tr key={item.id}>
                <th scope="row" className="manage-name">
                  <VisibleLine text={item.title} charactersMax={200} />
                </th>
                {given.map((answer, place) => (
                  <td key={scores[place]?.id}>
                    {answer &&
                      (differs ? (
                        <button
                          type="button"
                          className="score-value"
                          aria-pressed={holds?.value === answer.value}
                          onClick={() => onChoose(answer)}
                        >
                          {valueWords(answer.value)}
                        </button>
                      ) : (
                        <span className="quiet">{valueWords(answer.value)}</span>
                      ))}
                    {answer?.evidence_turn && (
                      <span className="table-note">
                        <Link
                          to="/w/$workspace/sessions/$session/turns/$turn"
                          params={{ workspace, session, turn: answer.evidence_turn }}
                          target="_blank"
                        >
                          the turn that shows it
                        </Link>
                      </span>
                    )}
                    {answer?.note && (
                      <span className="table-note">
                        <VisibleLine text={answer.note} charactersMax={400} />
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { goldQuery, type NewGold, setGold } from "@/api/queues";
import type { Decision, Reviewer, Score, Verdict } from "@/api/reviews";
import { plural } from "@/format/count";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Skeleton } from "@/ui/Skeleton";
import { Time } from "@/ui/Time";
import { CorrectedAnswers } from "./CorrectedAnswers";
import { type PlaceOfReviews, placesOf, VERDICT_WORDS } from "./judgements";
import { type Judging, useJudging } from "./judging-context";
import { goldOf, goldWords } from "./manage/gold-words";
import { RubricChoice } from "./RubricChoice";
import { ScoreFacts } from "./ScoreFacts";
import { ScorePanel } from "./ScorePanel";
import { Text } from "./Text";
import { ThreadView } from "./ThreadView";
import { BLIND_SENTENCE } from "./words";
import "./review-tab.css";

/** Everything that people judged of the session, by place, person and time; and the scorecard while one is open. */
export function ReviewTab() {
  const judging = useJudging();
  if (!judging) {
    return <p className="review-empty quiet">What was judged is told on the page of the whole session.</p>;
  }
  const { reviews, known, turns, scorecard, choosing, target, mayWrite } = judging;
  const places = placesOf(reviews, turns);
  const here = places.find(({ turn }) => turn === (target?.id ?? null));
  const ordered = here ? [here, ...places.filter((place) => place !== here)] : places;
  return (
    <div className="review-tab">
      {scorecard ? (
        <ScorePanel scorecard={scorecard} judging={judging} />
      ) : (
        choosing && mayWrite && <RubricChoice judging={judging} />
      )}
      {reviews.blind && <p className="review-blind">{BLIND_SENTENCE}</p>}
      {!known ? (
        <ReviewSkeleton />
      ) : (
        <>
          {ordered.map((place) => (
            <Place key={place.turn ?? "session"} place={place} judging={judging} current={place === here} />
          ))}
          {places.length === 0 && !scorecard && !choosing && <Nothing judging={judging} />}
        </>
      )}
    </div>
  );
}

function Nothing({ judging: { mayWrite, reviews } }: { judging: Judging }) {
  return (
    <div className="review-empty">
      <h2>{reviews.blind ? "Nothing of yours yet" : "Not judged yet"}</h2>
      <p className="quiet">
        {mayWrite
          ? "Good, wrong, tags, comments, corrected answers and scores come here, each with who gave it and when. The keys are in the bar below."
          : "What reviewers say of this session comes here. Your role reads judgements and gives none."}
      </p>
    </div>
  );
}

function ReviewSkeleton() {
  return (
    <div className="review-place">
      <p>
        <Skeleton width="40%" />
      </p>
      <p>
        <Skeleton width="80%" />
      </p>
    </div>
  );
}

function Place({ place, judging, current }: { place: PlaceOfReviews; judging: Judging; current: boolean }) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    // It moves to the top; what has the focus there stays in sight.
    const focused = document.activeElement;
    if (current && element.current?.contains(focused)) {
      focused?.scrollIntoView({ block: "nearest" });
    }
  }, [current]);
  const { turns, showTurn, mayWrite, mayManage, acts } = judging;
  const turn = turns.find(({ id }) => id === place.turn);
  return (
    <section ref={element} className={current ? "review-place review-place-current" : "review-place"}>
      <h2 className="review-place-name">
        {place.turn === null ? (
          "Session"
        ) : turn ? (
          <button type="button" onClick={() => showTurn(turn)}>
            Turn {turn.index + 1}
          </button>
        ) : (
          <span title="The turn is not in the session any more">Turn unplaced</span>
        )}
      </h2>
      {place.decisions.map((decision) => (
        <Judgement key={decision.at} by={decision.by} at={decision.at} title="Decision">
          <p>
            <strong>Decided{decisionWords(decision)}</strong>, for all who judged it
          </p>
          {decision.text && <Text text={decision.text} />}
        </Judgement>
      ))}
      {place.verdicts.map(({ by, newest, earlier }) => (
        <Judgement key={`${by.kind}:${by.id}`} by={by} at={newest.at} title="Verdict">
          <VerdictWords verdict={newest} />
          {mayManage && by.me && newest.verdict !== "withdrawn" && (
            <GoldButton judging={judging} judgement={{ turn: place.turn, verdict: newest.verdict }} />
          )}
          {earlier.length > 0 && (
            <details className="review-history">
              <summary>{plural(earlier.length, "earlier verdict")}</summary>
              {earlier.map((verdict) => (
                <p key={verdict.id}>
                  <VerdictWords verdict={verdict} /> <span className="quiet">· </span>
                  <Time at={verdict.at} />
                </p>
              ))}
            </details>
          )}
        </Judgement>
      ))}
      {place.tags.length > 0 && (
        <ul className="tag-list review-place-tags">
          {place.tags.map((tag) => (
            <li key={tag.id} className="tag" title={`By ${visibleLine(tag.by.name, 60)}`}>
              <VisibleLine text={tag.tag} charactersMax={60} />
              {mayWrite && (tag.by.me || mayManage) && (
                <button
                  type="button"
                  aria-label={`Remove ${visibleLine(tag.tag, 60)}`}
                  onClick={() => acts.tag(tag.turn ?? undefined, tag.tag, true, tag.by)}
                >
                  ✕
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {place.scores.map(({ by, newest, earlier }) => (
        <Judgement key={`${by.id} ${newest.rubric}`} by={by} at={newest.at} title="Score">
          <ScoreFacts score={newest} judging={judging} />
          {mayManage && by.me && (
            <GoldButton
              judging={judging}
              judgement={{ turn: place.turn, rubric: newest.rubric, answers: newest.answers }}
            />
          )}
          {earlier.length > 0 && (
            <details className="review-history">
              <summary>{plural(earlier.length, "earlier score")}</summary>
              {earlier.map((score) => (
                <p key={score.id}>
                  <ScoreWords score={score} /> <span className="quiet">· </span>
                  <Time at={score.at} />
                </p>
              ))}
            </details>
          )}
        </Judgement>
      ))}
      {place.answers.length > 0 && <CorrectedAnswers answers={place.answers} turn={turn} judging={judging} />}
      {place.threads.map((thread) => (
        <ThreadView key={thread.root.id} thread={thread} judging={judging} />
      ))}
    </section>
  );
}

/** Reviewers are measured against it where queues put it among their items. */
function GoldButton({
  judging: { workspace, session, say },
  judgement,
}: {
  judging: Judging;
  judgement: Omit<NewGold, "session">;
}) {
  const queryClient = useQueryClient();
  const all = useQuery(goldQuery(workspace)).data?.items ?? [];
  const known = goldOf(all, { session, ...judgement });
  const isSame = known !== undefined && known.verdict !== null && known.verdict === judgement.verdict;
  const set = useMutation({
    mutationFn: () => setGold(workspace, { session, ...judgement }),
    onSuccess: (now) => {
      queryClient.setQueryData(queryKeys.gold(workspace), now);
      say("A known answer now: queues can put it among their items");
    },
    onError: (error) => say(`Not made a known answer. ${messageOf(error)}`),
  });
  return (
    <p className="thread-acts">
      {known && (
        <Link to="/w/$workspace/review/known-answers" params={{ workspace }}>
          Known answer: {goldWords(known)}
        </Link>
      )}
      {!isSame && (
        <button type="button" disabled={set.isPending} onClick={() => set.mutate()}>
          {known ? "Make it this one" : "Make it a known answer"}
        </button>
      )}
    </p>
  );
}

/** Who and when, above what they said. */
export function Judgement({
  by,
  at,
  title,
  children,
}: {
  by: Reviewer;
  at: string;
  title?: string;
  children: ReactNode;
}) {
  return (
    <article className="judgement" aria-label={title && `${title} by ${visibleLine(by.name, 60)}`}>
      <p className="judgement-by">
        <span className="judgement-name">
          <VisibleLine text={by.me ? "You" : by.name} charactersMax={60} />
        </span>
        <Time at={at} />
      </p>
      {children}
    </article>
  );
}

/** ": wrong, 64 %, not passed". */
function decisionWords({ verdict, percent, passed }: Decision): string {
  const said = [
    verdict,
    percent !== null && `${Math.round(percent)} %`,
    passed !== null && (passed ? "passed" : "not passed"),
  ].filter((each) => typeof each === "string");
  return said.length > 0 ? `: ${said.join(", ")}` : "";
}

function VerdictWords({ verdict: { verdict, reason, placed } }: { verdict: Verdict }) {
  return (
    <>
      <span className={`review-verdict review-verdict-${verdict}`}>{VERDICT_WORDS[verdict]}</span>
      {!placed && <span className="review-state"> unplaced</span>}
      {reason !== null && reason !== "" && <Text text={reason} />}
    </>
  );
}

function ScoreWords({ score: { percent, passed, rubric_name, version } }: { score: Score }) {
  return (
    <>
      <span className={passed === false ? "is-error" : ""}>
        {percent === null ? "no score" : `${Math.round(percent)} %`}
      </span>{" "}
      <span className="quiet">
        <VisibleLine text={rubric_name} charactersMax={80} />, version {version}
      </span>
    </>
  );
}

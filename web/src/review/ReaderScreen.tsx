import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import {
  memo,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from "react";
import { messageOf } from "@/api/error";
import type { SessionHead, TurnRow } from "@/api/types";
import { plural } from "@/format/count";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { Folds } from "@/replay/folds";
import { layoutOfTurns } from "@/replay/layout/rows";
import { type Replay, ReplayContext, useReplay } from "@/replay/replay-context";
import { Markdown } from "@/replay/text/Markdown";
import { Visible, VisibleLine } from "@/replay/text/Visible";
import { promptWords } from "@/replay/transcript/task-notifications";
import { useLive } from "@/replay/use-live";
import { usePlace } from "@/replay/use-place";
import { useRuleTitles } from "@/replay/use-rule-titles";
import { OUTCOME_SENTENCES } from "@/replay/wording";
import { Notice } from "@/ui/Notice";
import { Skeleton } from "@/ui/Skeleton";
import { digestQuery } from "./answer";
import { JudgeBar } from "./JudgeBar";
import { useQueueRun } from "./queue-run";
import { ReviewLayer } from "./ReviewLayer";
import { ReviewTab } from "./ReviewTab";
import { VerdictMark } from "./VerdictMark";
import { ViewButton } from "./ViewButton";
import "./reader.css";

const PROMPT_MAX = 20_000;

/** A session for those who judge what came out and not how: prompt, answer, changed files, and the judging beside them. */
export function ReaderScreen({
  workspace,
  session,
  turn: addressTurn,
  head,
  turns,
}: {
  workspace: string;
  session: string;
  turn: string | undefined;
  head: SessionHead;
  turns: TurnRow[];
}) {
  const item = useQueueRun()?.item;
  const place = usePlace(workspace, session);
  const scroller = useRef<HTMLDivElement>(null);
  const [folds] = useState(() => new Folds());
  const layout = useMemo(() => layoutOfTurns(turns), [turns]);
  const ruleTitles = useRuleTitles(workspace, Object.keys(head.redactions).length > 0);
  useLive(workspace, session, head.end_reason === null);
  const replay = useMemo(
    (): Replay => ({
      workspace,
      session,
      agent: undefined,
      agents: new Map(head.agents.map((run) => [run.id, run])),
      skills: head.skills,
      sources: head.sources,
      folds,
      mode: "full",
      ruleTitles,
    }),
    [workspace, session, head, folds, ruleTitles],
  );
  // An item that is one turn shows that turn alone.
  const shown = turns.filter(
    (turn) => (item?.turn == null || turn.id === item.turn) && (turn.branch !== "abandoned" || !item),
  );
  const at = Math.max(
    0,
    shown.findIndex(({ id }) => id === addressTurn),
  );

  const show = useCallback(
    (turn: TurnRow) => {
      place.toTurn(turn.id, true);
      scroller.current
        ?.querySelector(`[data-turn="${turn.index}"]`)
        ?.scrollIntoView({ block: "start", behavior: "smooth" });
    },
    [place],
  );
  const showFirst = useEffectEvent(() => {
    const first = shown[at];
    if (first && at > 0) {
      scroller.current?.querySelector(`[data-turn="${first.index}"]`)?.scrollIntoView();
    }
  });
  useEffect(() => {
    showFirst();
    // What scrolls has the keys that scroll, unless somebody is elsewhere already.
    if (document.activeElement === document.body) {
      scroller.current?.focus({ preventScroll: true });
    }
  }, []);
  const move = (by: 1 | -1) => {
    const next = shown[at + by];
    if (next) {
      show(next);
    }
  };
  useShortcuts({
    "session.next_turn": () => move(1),
    "session.previous_turn": () => move(-1),
    "session.next_step": () => move(1),
    "session.previous_step": () => move(-1),
  });

  return (
    <ReplayContext value={replay}>
      <ReviewLayer
        workspace={workspace}
        session={session}
        turns={turns}
        layout={layout}
        isWhole
        addressTurn={addressTurn}
        chosen={undefined}
        onTurn={show}
        onStep={({ turn_id }) => {
          const turn = shown.find(({ id }) => id === turn_id);
          if (turn) {
            show(turn);
          }
        }}
        onReview={() => undefined}
      >
        <div className="replay reader">
          <header className="reader-head">
            <h1>
              {head.title === null ? (
                "Untitled session"
              ) : (
                <VisibleLine text={head.title} charactersMax={200} />
              )}
            </h1>
            <ViewButton />
          </header>
          <div className="reader-sides">
            <div
              ref={scroller}
              className="reader-turns"
              role="feed"
              aria-label="Prompts and answers"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
            >
              {shown.length === 0 ? (
                <Notice title="Nothing was said" />
              ) : (
                shown.map((turn, index) => (
                  <ReaderTurn
                    key={turn.id}
                    turn={turn}
                    place={index}
                    of={shown.length}
                    current={index === at && shown.length > 1}
                  />
                ))
              )}
            </div>
            <aside className="inspector reader-review" aria-label="Review">
              <ReviewTab />
            </aside>
          </div>
          <JudgeBar />
        </div>
      </ReviewLayer>
    </ReplayContext>
  );
}

const ReaderTurn = memo(function ReaderTurn({
  turn,
  place,
  of,
  current,
}: {
  turn: TurnRow;
  place: number;
  of: number;
  current: boolean;
}) {
  const root = useRef<HTMLElement>(null);
  const isNear = useNear(root);
  const { prompt } = turn;
  return (
    <article
      ref={root}
      className={current ? "reader-turn reader-turn-current" : "reader-turn"}
      data-turn={turn.index}
      aria-posinset={place + 1}
      aria-setsize={of}
    >
      <header className="reader-turn-head">
        <h2>Turn {turn.index + 1}</h2>
        <VerdictMark turn={turn.id} />
      </header>
      <p className="reader-part">Asked</p>
      <div className="reader-prompt">
        {prompt.text === null ? (
          <span className="quiet">The prompt was not captured.</span>
        ) : (
          <Visible text={promptWords(prompt.text).slice(0, PROMPT_MAX)} />
        )}
      </div>
      {isNear ? <Answer turn={turn} /> : <Skeleton width="60%" />}
      {OUTCOME_SENTENCES[turn.outcome] && <p className="is-denied">{OUTCOME_SENTENCES[turn.outcome]}</p>}
    </article>
  );
});

/** Whether it is in view, or will be soon; once it was, it stays. */
function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    const target = element.current;
    if (near || !target) {
      return;
    }
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setNear(true),
      { rootMargin: "600px" },
    );
    observer.observe(target);
    return () => observer.disconnect();
  }, [near, element]);
  return near;
}

function Answer({ turn }: { turn: TurnRow }) {
  const { workspace, session } = useReplay();
  const digest = useQuery(digestQuery(workspace, session, turn));
  if (digest.isError) {
    return <p role="alert">The answer could not be fetched. {messageOf(digest.error)}</p>;
  }
  if (!digest.data) {
    return <Skeleton width="70%" />;
  }
  const { answer, files, unseen } = digest.data;
  return (
    <>
      <p className="reader-part">Answered</p>
      {answer === "" ? (
        <p className="quiet">It has no answer that was captured.</p>
      ) : (
        <div className="reader-answer">
          <Markdown text={answer} />
        </div>
      )}
      {files.length > 0 && (
        <>
          <p className="reader-part">Files changed</p>
          <ul className="reader-files">
            {files.map(({ path, times, step }) => (
              <li key={path}>
                <Link
                  to="/w/$workspace/sessions/$session/turns/$turn/steps/$step"
                  params={{ workspace, session, turn: turn.id, step }}
                  search={({ queue }: { queue?: string }) => ({ ...(queue !== undefined && { queue }) })}
                >
                  <VisibleLine text={path} charactersMax={200} />
                </Link>
                {times > 1 && <span className="quiet"> {plural(times, "change")}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {unseen > 0 && (
        <p className="quiet">
          Of a very long turn, its first {plural(unseen, "step")} were not looked at for files.
        </p>
      )}
    </>
  );
}

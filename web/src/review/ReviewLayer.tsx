import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useCallback, useEffect, useEffectEvent, useMemo, useState } from "react";
import { queryKeys } from "@/api/keys";
import type { QueueItem } from "@/api/queues";
import { type Reviews, reviewsQuery } from "@/api/reviews";
import type { StepRow, TurnRow } from "@/api/types";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { stepAt } from "@/replay/find-step";
import { type RowLayout, rowAt } from "@/replay/layout/rows";
import { markedComments, nextWrong } from "./judgements";
import { type Composing, type Judging, JudgingContext } from "./judging-context";
import { pickedText } from "./picked-text";
import { useQueueRun } from "./queue-run";
import { useActs } from "./use-acts";
import { useCommentMarks } from "./use-comment-marks";
import { useReviewer, useReviews } from "./use-reviews";
import { useScorecard } from "./use-scorecard";

/** How long the bar says what happened. */
const SAID_MS = 6_000;

/** Judging a session while it is replayed: what is judged, the keys, and what is being written. */
export function ReviewLayer({
  workspace,
  session,
  turns,
  layout,
  isWhole,
  addressTurn,
  at,
  chosen,
  onTurn,
  onStep,
  onReview,
  children,
}: {
  workspace: string;
  session: string;
  turns: readonly TurnRow[];
  layout: RowLayout;
  /** False on a sub-agent's page, where nothing is judged. */
  isWhole: boolean;
  /** The turn that the address names. */
  addressTurn: string | undefined;
  /** Where it opens when the address names no place. */
  at?: "wrong" | undefined;
  chosen: StepRow | undefined;
  onTurn: (turn: TurnRow) => void;
  onStep: (item: StepRow) => void;
  /** Shows the Review tab. */
  onReview: () => void;
  children: ReactNode;
}) {
  const queryClient = useQueryClient();
  const { me, mayWrite: mayWriteAtAll, mayManage } = useReviewer(workspace);
  const mayWrite = mayWriteAtAll && isWhole;
  const { reviews, known } = useReviews(workspace, session);
  const reviewsKey = queryKeys.reviews(workspace, session);
  const queue = useQueueRun();
  const item = queue?.item;

  const [said, setSaid] = useState({ words: "", at: 0 });
  const say = useCallback((words: string) => setSaid({ words, at: Date.now() }), []);
  useEffect(() => {
    if (said.words !== "") {
      const timer = setTimeout(() => setSaid({ words: "", at: 0 }), SAID_MS);
      return () => clearTimeout(timer);
    }
  }, [said]);

  // An item of a queue is what is judged, whatever is read meanwhile.
  const itemTurn = item?.turn ?? undefined;
  const [whole, setWhole] = useState(item !== undefined && item.turn === null);
  const [forItem, setForItem] = useState(item?.id);
  if (forItem !== item?.id) {
    setForItem(item?.id);
    setWhole(item !== undefined && item.turn === null);
  }
  const turnById = useCallback((id: string | undefined) => turns.find((turn) => turn.id === id), [turns]);
  const turnRead = turnById(chosen?.turn_id ?? addressTurn) ?? turns[0];
  const target = whole ? undefined : turnById(itemTurn ?? chosen?.turn_id ?? addressTurn);

  const [composing, compose] = useState<Composing>();
  const nameOfTurn = useCallback((id: string | undefined) => nameOf(turnById(id)), [turnById]);
  const acts = useActs(workspace, session, me, item?.id, say, nameOfTurn);

  const [rubric, setRubric] = useState<string>();
  const [choosing, setChoosing] = useState(false);
  const queueRubric = queue?.queue.rubric ?? undefined;
  const scorecard = useScorecard({
    workspace,
    session,
    rubricId: mayWrite ? (rubric ?? queueRubric) : undefined,
    turn: target?.id,
    turnRead: turnRead?.id,
    queueItem: item?.id,
    onClose: () => setRubric(undefined),
  });
  // Whoever scores sees the scorecard first.
  const showReview = useEffectEvent(onReview);
  const isScored = queueRubric !== undefined;
  useEffect(() => {
    if (isScored) {
      showReview();
    }
  }, [isScored]);

  const marked = useMemo(() => markedComments(isWhole ? reviews.comments : []), [isWhole, reviews.comments]);
  const [soughtThread, setSoughtThread] = useState<string>();
  const openThread = (comment: string) => {
    setSoughtThread(comment);
    onReview();
  };
  const threadSeen = useCallback(() => setSoughtThread(undefined), []);
  useCommentMarks({ workspace, session, marked, layout, composing, onThread: openThread });

  /** What is shown may be older than what was sent: the server has the last word. */
  const isVerdictGiven = async () => {
    const shown = queryClient.getQueryData<Reviews>(reviewsKey);
    return (
      (shown !== undefined && isJudged(shown, item)) ||
      isJudged(
        await queryClient
          .fetchQuery({ ...reviewsQuery(workspace, session), staleTime: 0 })
          .catch(() => reviews),
        item,
      )
    );
  };

  const actions = {
    good: () => void acts.verdict(target?.id, "good"),
    wrong: () => compose({ kind: "reason" }),
    skip: () => {
      if (queue && (whole ? item?.turn === null : target?.id === itemTurn)) {
        compose({ kind: "skip" });
        return;
      }
      const next = turns[(turnRead?.index ?? -1) + 1];
      if (target && next) {
        onTurn(next);
        say(`Skipped turn ${target.index + 1}: nothing stored`);
      } else {
        say(target ? "That was the last turn: nothing stored" : "Nothing stored");
      }
    },
    comment: async () => {
      const picked = pickedText();
      const row = picked && rowAt(layout, picked.row);
      const step =
        row?.kind === "step"
          ? await stepAt(queryClient, { workspace, session, agent: undefined }, row.index)
          : undefined;
      compose({ kind: "comment", picked: step && picked, step: step ?? (picked ? undefined : chosen) });
    },
    correct: () => {
      // An answer is a turn's, also while the session is what is judged: that which is read.
      const turn = target ?? turnRead;
      if (turn) {
        compose({ kind: "answer", turn });
      } else {
        say("There is no turn whose answer could be corrected");
      }
    },
    openScorecard: () => {
      onReview();
      if (!scorecard) {
        setChoosing(true);
      }
    },
    leaveChoice: () => setChoosing(false),
    chooseRubric: (id: string) => {
      setRubric(id);
      setChoosing(false);
    },
    send: async () => {
      if (scorecard && (scorecard.card.answers.size > 0 || queue)) {
        const scored = reviews.scores.some(
          (score) => score.by.me && score.current && score.rubric === scorecard.rubric?.id,
        );
        // What was scored before stands, unless a new card was begun.
        if (!(scored && scorecard.card.answers.size === 0)) {
          if (!(await scorecard.send())) {
            onReview();
            return;
          }
          say("Score sent");
        }
      }
      if (queue) {
        await acts.settled();
        if (queueRubric === undefined && !(await isVerdictGiven())) {
          say("Give a verdict first, or leave it to others");
          return;
        }
        await queue.completeAndNext();
      }
    },
  };

  const toNextWrong = () => {
    const read = turnById(chosen?.turn_id ?? addressTurn);
    const found = nextWrong(reviews, turns, read?.index ?? -1);
    if (found === undefined) {
      say("No turn of this session was judged wrong");
      return;
    }
    if (item === undefined) {
      setWhole(false);
    }
    onTurn(found);
    say(`Judged wrong: ${nameOf(found)}`);
  };
  // Once, when it is known what was judged: a list of what is wrong leads to the turns that are.
  const opens = useEffectEvent(() => {
    if (at === "wrong" && addressTurn === undefined && nextWrong(reviews, turns, -1)) {
      toNextWrong();
    }
  });
  useEffect(() => {
    if (known) {
      opens();
    }
  }, [known]);

  const on = (run: () => void) => (mayWrite ? run : undefined);
  useShortcuts({
    "judge.good": on(actions.good),
    "judge.wrong": on(actions.wrong),
    "judge.skip": on(actions.skip),
    "judge.undo": on(() => void acts.undo()),
    "judge.next_wrong": isWhole ? toNextWrong : undefined,
    "judge.whole": on(() => setWhole(!whole)),
    "judge.tag": on(() => compose({ kind: "tag" })),
    "judge.comment": on(actions.comment),
    "judge.correct": on(actions.correct),
    "judge.score": on(actions.openScorecard),
    "judge.send": on(actions.send),
    "judge.leave_queue": queue?.leave,
  });

  const judging: Judging = {
    ...{ workspace, session, turns, reviews, known, me, mayWrite, mayManage },
    ...{ target, whole, setWhole, turnRead },
    ...{ acts, scorecard, composing, compose, said: said.words, say, queue, choosing },
    ...{ marked, openThread, soughtThread, threadSeen },
    ...actions,
    showTurn: onTurn,
    showStep: onStep,
  };
  return <JudgingContext value={isWhole ? judging : undefined}>{children}</JudgingContext>;
}

/** Whether the reader gave a verdict on the item of a queue. */
function isJudged({ verdicts }: Reviews, item: QueueItem | undefined): boolean {
  return verdicts.some(
    ({ by, current, verdict, turn }) =>
      by.me && current && verdict !== "withdrawn" && (item?.turn == null || turn === item.turn),
  );
}

export const nameOf = (turn: TurnRow | undefined) =>
  turn === undefined ? "the session" : `turn ${turn.index + 1}`;

import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { type Arithmetic, computeScore, type Rubric, rubricQuery } from "@/api/queues";
import { giveScore, type ScoreAnswer } from "@/api/reviews";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import {
  answered,
  answersOf,
  EMPTY_SCORECARD,
  itemsOf,
  openWords,
  type Scorecard,
  stepOfKey,
  withEvidence,
  withNote,
} from "./scorecard";

/** A scorecard that is open, and what can be done with it. */
export interface OpenScorecard {
  rubric: Rubric | undefined;
  error: Error | null;
  card: Scorecard;
  computed: Arithmetic | undefined;
  comment: string;
  /** What is left to do; empty when it can be sent. */
  open: string;
  /** Why it was not sent. */
  refusal: string | undefined;
  /** Which item's guidance and note are shown, whatever the keys answer. */
  unfolded: { guidance: boolean; note: boolean };
  answer: (place: number, value: ScoreAnswer["value"]) => void;
  evidence: (place: number, turn: string | undefined) => void;
  note: (item: string, text: string) => void;
  goTo: (place: number) => void;
  setComment: (text: string) => void;
  unfold: (part: "guidance" | "note") => void;
  /** Whether it was sent. */
  send: () => Promise<boolean>;
  close: () => void;
}

/** Scorecards that were begun and not sent: another view of the session does not lose them. */
const begun = new Map<string, { card: Scorecard; comment: string }>();

/** `rubricId` undefined: none is open. */
export function useScorecard({
  workspace,
  session,
  rubricId,
  turn,
  turnRead,
  queueItem,
  onClose,
}: {
  workspace: string;
  session: string;
  rubricId: string | undefined;
  /** The turn that is scored; undefined for the session. */
  turn: string | undefined;
  turnRead: string | undefined;
  queueItem: string | undefined;
  onClose: () => void;
}): OpenScorecard | undefined {
  const queryClient = useQueryClient();
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const [unfolded, setUnfolded] = useState({ guidance: false, note: false });
  const query = useQuery({ ...rubricQuery(workspace, rubricId ?? ""), enabled: rubricId !== undefined });
  const rubric = query.data;
  const scoredTurn = rubric?.scope === "session" ? undefined : turn;
  // Each session or turn and rubric has a card of its own.
  const name = `${workspace} ${session} ${scoredTurn ?? ""} ${rubricId ?? ""}`;
  const [card, setCard] = useState(() => begun.get(name)?.card ?? EMPTY_SCORECARD);
  const [comment, setComment] = useState(() => begun.get(name)?.comment ?? "");
  const [of, setOf] = useState(name);
  if (of !== name) {
    setOf(name);
    setCard(begun.get(name)?.card ?? EMPTY_SCORECARD);
    setComment(begun.get(name)?.comment ?? "");
    setTried(false);
    setRefusal(undefined);
  }

  useEffect(() => {
    if (card.answers.size > 0 || comment !== "") {
      begun.set(name, { card, comment });
    } else {
      begun.delete(name);
    }
  }, [name, card, comment]);

  const items = rubric ? itemsOf(rubric) : [];
  const answers = answersOf(card, items);
  const computed = useQuery({
    queryKey: [...queryKeys.rubric(workspace, rubricId ?? "", rubric?.version), "compute", answers],
    queryFn: ({ signal }) => computeScore(workspace, definitionOf(rubric as Rubric), answers, signal),
    enabled: rubric !== undefined && answers.length > 0,
    placeholderData: keepPreviousData,
    retry: false,
  });

  const place = card.at;
  const item = items[place];
  const answer = (at: number, value: ScoreAnswer["value"]) => {
    setRefusal(undefined);
    setCard((before) => answered(before, items, at, value, scoredTurn));
  };
  const goTo = (at: number) => {
    setUnfolded({ guidance: false, note: false });
    setCard((before) => ({ ...before, at: Math.max(0, Math.min(items.length - 1, at)) }));
  };
  const evidence = (at: number, shown: string | undefined) =>
    setCard((before) => withEvidence(before, items, at, shown));
  const unfold = (part: "guidance" | "note") =>
    setUnfolded((before) => ({ ...before, [part]: !before[part] }));

  const isOn = rubric !== undefined && rubricId !== undefined;
  const on = (run: (event: KeyboardEvent) => void) => (isOn ? run : undefined);
  useShortcuts({
    "score.yes": on(() => item?.kind === "yes_no" && answer(place, true)),
    "score.no": on(() => item?.kind === "yes_no" && answer(place, false)),
    "score.na": on(() => answer(place, "na")),
    "score.value": on(({ key }) => {
      const step = item?.scale && item.kind === "scale" ? stepOfKey(item.scale, key) : undefined;
      if (step !== undefined) {
        answer(place, step);
      }
    }),
    "score.back": on(() => goTo(place - 1)),
    "score.on": on(() => goTo(place + 1)),
    "score.evidence": on(() => evidence(place, turnRead)),
    "score.note": on(() => item && card.answers.has(item.id) && unfold("note")),
    "score.guidance": on(() => unfold("guidance")),
  });

  if (rubricId === undefined) {
    return undefined;
  }
  const open = rubric ? openWords(card, items) : "the rubric is not here yet";
  return {
    rubric,
    error: query.error,
    card,
    computed: answers.length > 0 ? computed.data : undefined,
    comment,
    open,
    refusal: refusal ?? (tried && open !== "" ? `Not sent: ${open}.` : undefined),
    unfolded,
    answer,
    evidence,
    note: (id, text) => setCard((before) => withNote(before, id, text)),
    goTo,
    setComment,
    unfold,
    send: async () => {
      setTried(true);
      if (!rubric || open !== "") {
        return false;
      }
      try {
        await giveScore(workspace, session, {
          rubric: rubric.id,
          version: rubric.version,
          turn: scoredTurn ?? null,
          answers,
          comment: comment.trim() === "" ? null : comment.trim(),
          queue_item: queueItem ?? null,
        });
      } catch (error) {
        setRefusal(`Not sent. ${messageOf(error)}`);
        return false;
      }
      queryClient.invalidateQueries({ queryKey: queryKeys.reviews(workspace, session) });
      setCard(EMPTY_SCORECARD);
      setComment("");
      setTried(false);
      onClose();
      return true;
    },
    close: onClose,
  };
}

/** A rubric without what only a saved one has. */
export function definitionOf({ name, description, scope, pass_percent, sections }: Rubric) {
  return { name, description, scope, pass_percent, sections };
}

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import {
  addComment,
  changeComment,
  changeTag,
  correctAnswer,
  giveVerdict,
  type NewComment,
  type NewVerdict,
  type Reviewer,
  type Reviews,
  type VerdictWord,
} from "@/api/reviews";
import { NO_REVIEWS, VERDICT_WORDS, withTag, withVerdict } from "./judgements";

/** How long a verdict can be taken back with one key. */
const UNDO_MS = 8_000;
/** How long the server may take before it is said that it takes long. */
const SLOW_MS = 1_000;

/** What a person does to a session. Each is shown at once, and taken back where the server refuses it. */
export interface Acts {
  /** Whether it was stored. */
  verdict: (turn: string | undefined, verdict: VerdictWord, reason?: string) => Promise<boolean>;
  /** `author`: whose tag is taken off, where it is another's. */
  tag: (turn: string | undefined, tag: string, remove: boolean, author?: Reviewer) => Promise<void>;
  comment: (comment: NewComment) => Promise<void>;
  changeComment: (
    comment: string,
    change: { text?: string; mentions?: string[]; removed?: boolean; resolved?: boolean },
  ) => Promise<void>;
  /** Without a text, what the reader wrote is taken back. */
  correct: (turn: string, text: string | undefined) => Promise<void>;
  /** The verdict that was just given, while it can be taken back. */
  justGiven: { turn: string | undefined; verdict: VerdictWord } | undefined;
  undo: () => Promise<void>;
  /** Whether something that is shown has not been stored for a while. */
  isSlow: boolean;
  /** Once the server has answered to all of them. */
  settled: () => Promise<void>;
}

export function useActs(
  workspace: string,
  session: string,
  me: Reviewer,
  queueItem: string | undefined,
  say: (words: string) => void,
  /** "turn 3", "the session". */
  nameOf: (turn: string | undefined) => string,
): Acts {
  const queryClient = useQueryClient();
  const [justGiven, setJustGiven] = useState<Acts["justGiven"]>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const [slowCount, setSlowCount] = useState(0);
  const isSlow = slowCount > 0;

  const sending = useRef<Promise<unknown>>(Promise.resolve());

  /** Changes what is shown, sends, and shows what the server has then. */
  const act = useCallback(
    (change: (reviews: Reviews) => Reviews, send: () => Promise<unknown>): Promise<void> => {
      const queryKey = queryKeys.reviews(workspace, session);
      const run = async () => {
        let isCounted = false;
        const slow = setTimeout(() => {
          isCounted = true;
          setSlowCount((count) => count + 1);
        }, SLOW_MS);
        await queryClient.cancelQueries({ queryKey });
        const before = queryClient.getQueryData<Reviews>(queryKey);
        queryClient.setQueryData<Reviews>(queryKey, change(before ?? NO_REVIEWS));
        try {
          await send();
        } catch (error) {
          queryClient.setQueryData(queryKey, before);
          throw error;
        } finally {
          clearTimeout(slow);
          if (isCounted) {
            setSlowCount((count) => count - 1);
          }
          queryClient.invalidateQueries({ queryKey });
          queryClient.invalidateQueries({ queryKey: ["workspace", workspace, "sessions"] });
        }
      };
      const running = run();
      // From the key press on: whoever completes an item right after it waits for it.
      sending.current = Promise.allSettled([sending.current, running]);
      return running;
    },
    [queryClient, workspace, session],
  );

  const verdict = useCallback(
    async (turn: string | undefined, word: VerdictWord, reason?: string) => {
      clearTimeout(timer.current);
      if (word === "withdrawn") {
        setJustGiven(undefined);
      } else {
        setJustGiven({ turn, verdict: word });
        timer.current = setTimeout(() => setJustGiven(undefined), UNDO_MS);
      }
      const given: NewVerdict = {
        turn: turn ?? null,
        verdict: word,
        reason: reason ?? null,
        queue_item: queueItem ?? null,
      };
      say(`${VERDICT_WORDS[word]}: ${nameOf(turn)}`);
      try {
        await act(
          (reviews) => withVerdict(reviews, given, me, new Date().toISOString()),
          () => giveVerdict(workspace, session, given),
        );
        return true;
      } catch (error) {
        setJustGiven(undefined);
        say(`Not stored. ${messageOf(error)}`);
        return false;
      }
    },
    [act, workspace, session, me, queueItem, say, nameOf],
  );

  return useMemo(
    (): Acts => ({
      verdict,
      justGiven,
      undo: async () => {
        if (justGiven) {
          await verdict(justGiven.turn, "withdrawn");
        }
      },
      isSlow,
      settled: async () => {
        await sending.current;
      },
      tag: async (turn, tag, remove, author = me) => {
        const change = {
          turn: turn ?? null,
          tag,
          ...(remove && { remove }),
          ...(!author.me && { author: author.id }),
        };
        try {
          await act(
            (reviews) => withTag(reviews, turn ?? null, tag, remove, author, new Date().toISOString()),
            () => changeTag(workspace, session, change),
          );
        } catch (error) {
          say(`The tag was not stored. ${messageOf(error)}`);
        }
      },
      comment: (comment) =>
        act(
          (reviews) => reviews,
          () => addComment(workspace, session, { ...comment, queue_item: queueItem ?? null }),
        ),
      changeComment: (comment, change) => {
        const { mentions: _, ...shown } = change;
        return act(
          (reviews) => ({
            ...reviews,
            comments: reviews.comments.map((each) => (each.id === comment ? { ...each, ...shown } : each)),
          }),
          () => changeComment(workspace, session, comment, change),
        );
      },
      correct: (turn, text) =>
        act(
          (reviews) => reviews,
          () =>
            correctAnswer(workspace, session, { turn, text: text ?? null, queue_item: queueItem ?? null }),
        ),
    }),
    [verdict, justGiven, isSlow, act, workspace, session, me, queueItem, say],
  );
}

import type { ItemState, Queue } from "@/api/queues";
import type { AnchorState } from "@/api/reviews";

/** What there is to say of a comment's place; nothing where it stands where it was put. */
export const ANCHOR_WORDS: Record<AnchorState, { name: string; says: string } | undefined> = {
  session: undefined,
  turn: undefined,
  step: undefined,
  placed: undefined,
  moved: { name: "moved", says: "The quoted text stands elsewhere in it now." },
  quote_changed: {
    name: "quote changed",
    says: "The step is there; the text that was quoted is not any more.",
  },
  unplaced: { name: "unplaced", says: "What it was about is not in the session any more." },
};

const STATE_WORDS: Record<ItemState, string> = {
  needs_review: "needs review",
  in_review: "in review",
  needs_others: "needs others",
  disputed: "disputed",
  complete: "complete",
};

/** What is scored in a calibration waits for whoever reveals it, also when all have scored it. */
export const stateWords = (state: ItemState, kind: Queue["kind"]): string =>
  kind === "calibration" && state === "needs_others" ? "to be revealed" : STATE_WORDS[state];

export const BLIND_SENTENCE =
  "This session is judged blind. Until all who are to judge it have sent theirs, each sees only their own judgements.";

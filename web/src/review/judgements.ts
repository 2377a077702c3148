/** What stands of all that was judged, by place and by person. Nothing here is overwritten: later ones come beside. */
import type {
  Comment,
  CorrectedAnswer,
  Decision,
  NewVerdict,
  Reviewer,
  Reviews,
  Score,
  Tag,
  Verdict,
  VerdictWord,
} from "@/api/reviews";
import type { TurnRow } from "@/api/types";

export const NO_REVIEWS: Reviews = {
  blind: false,
  verdicts: [],
  tags: [],
  comments: [],
  answers: [],
  scores: [],
  decisions: [],
};

/** What holds now on one turn, or with null on the session. */
export interface Standing {
  good: Verdict[];
  wrong: Verdict[];
  /** The reader's own. */
  mine: Verdict | undefined;
  tags: Tag[];
  comments: number;
  score: Score | undefined;
}

export function standingOn(reviews: Reviews, turn: string | null): Standing {
  const held = reviews.verdicts.filter(
    (each) => each.turn === turn && each.current && each.verdict !== "withdrawn",
  );
  return {
    good: held.filter(({ verdict }) => verdict === "good"),
    wrong: held.filter(({ verdict }) => verdict === "wrong"),
    mine: held.find(({ by }) => by.me),
    tags: reviews.tags.filter((tag) => tag.turn === turn),
    comments: reviews.comments.filter((each) => !each.removed && each.anchor.turn === turn).length,
    score: reviews.scores.find((score) => score.turn === turn && score.current),
  };
}

/** The next turn of which somebody says that it is wrong, from a place on and around the end; none where there is none. */
export function nextWrong(
  { verdicts }: Reviews,
  turns: readonly TurnRow[],
  after: number,
): TurnRow | undefined {
  const wrong = new Set(
    verdicts.filter(({ current, verdict }) => current && verdict === "wrong").map(({ turn }) => turn),
  );
  const found = turns.filter(({ id }) => wrong.has(id));
  return found.find(({ index }) => index > after) ?? found[0];
}

/** As the page shows it until the server answers. */
export function withVerdict(reviews: Reviews, given: NewVerdict, by: Reviewer, at: string): Reviews {
  const turn = given.turn ?? null;
  const fresh: Verdict = {
    id: `unsent ${at}`,
    turn,
    verdict: given.verdict,
    reason: given.reason ?? null,
    by,
    at,
    current: true,
    placed: true,
  };
  const before = reviews.verdicts.map((each) =>
    each.turn === turn && each.by.me && each.current ? { ...each, current: false } : each,
  );
  return { ...reviews, verdicts: [...before, fresh] };
}

export function withTag(
  reviews: Reviews,
  turn: string | null,
  tag: string,
  remove: boolean,
  by: Reviewer,
  at: string,
): Reviews {
  const others = reviews.tags.filter(
    (each) => !(each.turn === turn && each.tag === tag && each.by.id === by.id),
  );
  return {
    ...reviews,
    tags: remove ? others : [...others, { id: `unsent ${at}`, turn, tag, by, at, placed: true }],
  };
}

/** All judgements on one place, in the order in which the Review tab tells them. */
export interface PlaceOfReviews {
  /** null: the session as a whole. */
  turn: string | null;
  /** Its place among the turns; undefined for the session and for a turn that is not there any more. */
  index: number | undefined;
  verdicts: PersonsVerdicts[];
  tags: Tag[];
  threads: Thread[];
  answers: CorrectedAnswer[];
  scores: PersonsScores[];
  /** What was decided where reviewers differed, the oldest first. */
  decisions: Decision[];
}

/** One person's verdicts on one place, newest first. */
export interface PersonsVerdicts {
  by: Reviewer;
  newest: Verdict;
  earlier: Verdict[];
}

export interface PersonsScores {
  by: Reviewer;
  newest: Score;
  earlier: Score[];
}

export interface Thread {
  root: Comment;
  replies: Comment[];
}

export function placesOf(
  reviews: Reviews,
  turns: readonly Pick<TurnRow, "id" | "index">[],
): PlaceOfReviews[] {
  const indexes = new Map(turns.map(({ id, index }) => [id, index]));
  const threads = threadsOf(reviews.comments);
  const ids = new Set<string | null>([
    ...[...reviews.verdicts, ...reviews.tags, ...reviews.answers, ...reviews.scores].map(({ turn }) => turn),
    ...threads.map(({ root }) => root.anchor.turn),
    ...reviews.decisions.map(({ turn }) => turn),
  ]);
  const places = [...ids].map((turn): PlaceOfReviews => {
    const here = (each: { turn: string | null }) => each.turn === turn;
    return {
      turn,
      index: turn === null ? undefined : indexes.get(turn),
      verdicts: byPerson(reviews.verdicts.filter(here)),
      tags: reviews.tags.filter(here),
      threads: threads.filter(({ root }) => root.anchor.turn === turn),
      answers: newestFirst(reviews.answers.filter(here)),
      scores: byPerson(reviews.scores.filter(here), ({ rubric }) => rubric),
      decisions: reviews.decisions.filter(here).map(({ decision }) => decision),
    };
  });
  return places.toSorted((one, other) => order(one) - order(other));
}

/** The session first, then its turns, then what is nowhere any more. */
const order = ({ turn, index }: PlaceOfReviews) => (turn === null ? -1 : (index ?? Number.POSITIVE_INFINITY));

interface Given {
  by: Reviewer;
  at: string;
  current: boolean;
}

function byPerson<T extends Given>(
  given: readonly T[],
  kind: (one: T) => string = () => "",
): { by: Reviewer; newest: T; earlier: T[] }[] {
  const groups = new Map<string, T[]>();
  for (const each of newestFirst(given)) {
    const name = `${each.by.kind}:${each.by.id} ${kind(each)}`;
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups.values()].flatMap(([newest, ...earlier]) =>
    newest ? [{ by: newest.by, newest, earlier }] : [],
  );
}

/** Of two at one time the one that holds is the newer. */
function newestFirst<T extends Given>(given: readonly T[]): T[] {
  return given.toSorted(
    (one, other) => Number(other.current) - Number(one.current) || Date.parse(other.at) - Date.parse(one.at),
  );
}

/** Comments with what was replied to them, in the order of time. A reply to nothing that is here stands alone. */
export function threadsOf(comments: readonly Comment[]): Thread[] {
  const sorted = comments.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const roots = new Map(sorted.map((comment) => [comment.id, rootOf(comment, comments)]));
  return sorted
    .filter((comment) => roots.get(comment.id) === comment.id)
    .map((root) => ({
      root,
      replies: sorted.filter((each) => each !== root && roots.get(each.id) === root.id && !each.removed),
    }))
    .filter(({ root, replies }) => !root.removed || replies.length > 0);
}

/**
 * Comments that are marked in the transcript, by the id of the step that they are on. An answer stands where its thread
 * stands, and goes with it.
 */
export function markedComments(comments: readonly Comment[]): ReadonlyMap<string, readonly Comment[]> {
  const marked = new Map<string, Comment[]>();
  for (const comment of comments) {
    const { reply_to, removed, resolved, anchor } = comment;
    const { step, state } = anchor;
    if (reply_to === null && !removed && !resolved && step !== null && state !== "unplaced") {
      marked.set(step, [...(marked.get(step) ?? []), comment]);
    }
  }
  return marked;
}

function rootOf(comment: Comment, comments: readonly Comment[]): string {
  let at = comment;
  // As many steps as there are comments: a ring of replies ends.
  for (let steps = 0; at.reply_to !== null && steps < comments.length; steps++) {
    const parent = comments.find(({ id }) => id === at.reply_to);
    if (!parent) {
      break;
    }
    at = parent;
  }
  return at.id;
}

export const VERDICT_WORDS: Record<VerdictWord, string> = {
  good: "Good",
  wrong: "Wrong",
  withdrawn: "Withdrawn",
};

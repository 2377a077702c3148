/** What people judge: verdicts, tags, comments, corrected answers, scores, and where they were mentioned. */
import { queryOptions } from "@tanstack/react-query";
import { api, dataOf, given } from "./client";
import { queryKeys } from "./keys";
import type { ContentField } from "./types";

export interface Reviewer {
  kind: string;
  id: string;
  name: string;
  me: boolean;
}

export type VerdictWord = "good" | "wrong" | "withdrawn";

export interface Verdict {
  id: string;
  /** null: of the session as a whole. */
  turn: string | null;
  verdict: VerdictWord;
  reason: string | null;
  by: Reviewer;
  at: string;
  /** The newest of its person on its place. */
  current: boolean;
  /** Whether its turn is still in the session. */
  placed: boolean;
}

export interface Tag {
  id: string;
  turn: string | null;
  tag: string;
  by: Reviewer;
  at: string;
  placed: boolean;
}

export type AnchorState = "session" | "turn" | "step" | "placed" | "moved" | "quote_changed" | "unplaced";

export interface Anchor {
  turn: string | null;
  step: string | null;
  field: string | null;
  /** In Unicode scalar values of the field's text. */
  start: number | null;
  end: number | null;
  state: AnchorState;
}

export interface NewAnchor {
  turn?: string;
  step?: string;
  field?: ContentField;
  start?: number;
  end?: number;
  quote?: string;
}

/** What was done to a comment, and what it said from then on. */
export interface CommentVersion {
  id: string;
  by: Reviewer;
  at: string;
  change: "written" | "edited" | "removed" | "restored" | "resolved" | "reopened";
  text: string | null;
}

export interface Comment {
  id: string;
  reply_to: string | null;
  anchor: Anchor;
  /** null where it was taken back. */
  text: string | null;
  mentions: Reviewer[];
  by: Reviewer;
  at: string;
  edited_at: string | null;
  removed: boolean;
  resolved: boolean;
  history: CommentVersion[];
}

export interface CorrectedAnswer {
  id: string;
  turn: string;
  /** null where it was taken back. */
  text: string | null;
  by: Reviewer;
  at: string;
  current: boolean;
  placed: boolean;
}

export interface ScoreAnswer {
  item: string;
  value: number | boolean | "na";
  evidence_turn?: string | null;
  note?: string | null;
}

export interface ScoredSection {
  section: string;
  title: string;
  weight: number;
  earned: number;
  possible: number;
  percent: number | null;
}

export interface Score {
  id: string;
  rubric: string;
  rubric_name: string;
  version: number;
  turn: string | null;
  percent: number | null;
  percent_before_auto_fail: number | null;
  passed: boolean | null;
  /** Ids of the items that failed it by themselves. */
  auto_failed: string[];
  answers: ScoreAnswer[];
  arithmetic: ScoredSection[];
  comment?: string | null;
  by: Reviewer;
  at: string;
  current: boolean;
}

export interface Reviews {
  /** Others judge it too, and nobody sees another's judgement before all have sent theirs. */
  blind: boolean;
  verdicts: Verdict[];
  tags: Tag[];
  comments: Comment[];
  answers: CorrectedAnswer[];
  scores: Score[];
}

export interface Mention {
  /** The comment's id. */
  comment: string;
  session: string;
  turn: string | null;
  text: string;
  by: Reviewer;
  at: string;
  read_at: string | null;
}

export interface Mentions {
  /** The newest first. */
  items: Mention[];
  /** Of all, not only of these. */
  unread: number;
  next: string | null;
}

export interface NewVerdict {
  turn?: string | undefined;
  verdict: VerdictWord;
  reason?: string | undefined;
  queue_item?: string | undefined;
}

export interface NewComment {
  anchor: NewAnchor;
  text: string;
  reply_to?: string;
  mentions?: string[];
  queue_item?: string | undefined;
}

export interface NewScore {
  rubric: string;
  version: number;
  turn?: string | undefined;
  answers: ScoreAnswer[];
  comment?: string | undefined;
  queue_item?: string | undefined;
}

interface Ask {
  params: { path: object; query?: object };
  body?: unknown;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

type Method = (path: string, ask: Ask) => Promise<{ data?: unknown }>;

/** The client without the description's types, for what the description does not tell yet. */
export const plain = api as unknown as Record<"GET" | "POST" | "PUT" | "PATCH" | "DELETE", Method>;

const WORKSPACE = "/api/v1/workspaces/{workspace}";
const SESSION = `${WORKSPACE}/sessions/{session}`;

export const reviewsQuery = (workspace: string, session: string) =>
  queryOptions({
    queryKey: queryKeys.reviews(workspace, session),
    queryFn: async ({ signal }): Promise<Reviews> =>
      dataOf(plain.GET(`${SESSION}/reviews`, { params: { path: { workspace, session } }, signal }) as never),
  });

export const reviewersQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.reviewers(workspace),
    queryFn: ({ signal }): Promise<{ items: { id: string; name: string }[] }> =>
      dataOf(plain.GET(`${WORKSPACE}/reviewers`, { params: { path: { workspace } }, signal }) as never),
    staleTime: 60_000,
  });

export const mentionsQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.mentions(workspace),
    queryFn: ({ signal }): Promise<Mentions> =>
      dataOf(plain.GET(`${WORKSPACE}/mentions`, { params: { path: { workspace } }, signal }) as never),
    staleTime: 30_000,
    refetchInterval: 120_000,
  });

export async function markMentionsRead(workspace: string): Promise<void> {
  await plain.POST(`${WORKSPACE}/mentions/read`, { params: { path: { workspace } }, body: {} });
}

export function giveVerdict(workspace: string, session: string, body: NewVerdict): Promise<Verdict> {
  return dataOf(
    plain.POST(`${SESSION}/verdicts`, {
      params: { path: { workspace, session } },
      body: given(body),
    }) as never,
  );
}

export async function changeTag(
  workspace: string,
  session: string,
  body: { turn?: string | undefined; tag: string; remove?: boolean; author?: string },
): Promise<void> {
  await plain.POST(`${SESSION}/tags`, { params: { path: { workspace, session } }, body: given(body) });
}

export function addComment(workspace: string, session: string, body: NewComment): Promise<Comment> {
  return dataOf(
    plain.POST(`${SESSION}/comments`, { params: { path: { workspace, session } }, body }) as never,
  );
}

export async function changeComment(
  workspace: string,
  session: string,
  comment: string,
  body: { text?: string; mentions?: string[]; removed?: boolean; resolved?: boolean },
): Promise<void> {
  await plain.PATCH(`${SESSION}/comments/{comment}`, {
    params: { path: { workspace, session, comment } },
    body,
  });
}

export async function correctAnswer(
  workspace: string,
  session: string,
  body: { turn: string; text?: string | undefined; queue_item?: string | undefined },
): Promise<void> {
  await plain.POST(`${SESSION}/answers`, { params: { path: { workspace, session } }, body: given(body) });
}

export async function giveScore(workspace: string, session: string, body: NewScore): Promise<void> {
  await plain.POST(`${SESSION}/scores`, { params: { path: { workspace, session } }, body: given(body) });
}

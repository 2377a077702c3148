/** What people judge: verdicts, tags, comments, corrected answers, scores, and where they were mentioned. */
import { queryOptions } from "@tanstack/react-query";
import { api, dataOf } from "./client";
import { queryKeys } from "./keys";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Reviewer = Schemas["Reviewer"];
export type VerdictWord = Schemas["VerdictWord"];
export type Verdict = Schemas["Verdict"];
export type Tag = Schemas["Tag"];
export type Anchor = Schemas["Anchor"];
export type AnchorState = Schemas["AnchorState"];
export type NewVerdict = Schemas["NewVerdict"];
export type NewComment = Schemas["NewComment"];
export type NewAnchor = Schemas["NewAnchor"];
export type Comment = Schemas["Comment"];
export type CommentVersion = Schemas["CommentVersion"];
export type CorrectedAnswer = Schemas["CorrectedAnswer"];
export type Decision = Schemas["QueueDecision"];
export type ScoredSection = Schemas["ScorePart"];
export type Mention = Schemas["Mention"];
export type Mentions = Schemas["Mentions"];

/** Yes or no, a step of the item's scale, or that it does not apply. */
export type AnswerValue = number | boolean | "na";
export type ScoreAnswer = Omit<Schemas["RubricAnswer"], "value"> & { value: AnswerValue };
export type Score = Omit<Schemas["Score"], "answers"> & { answers: ScoreAnswer[] };

/** All that was judged of a session, as far as the reader sees it. */
export type Reviews = Omit<Schemas["Reviews"], "scores"> & { scores: Score[] };

const WORKSPACE = "/api/v1/workspaces/{workspace}";
const SESSION = `${WORKSPACE}/sessions/{session}` as const;

export const reviewsQuery = (workspace: string, session: string) =>
  queryOptions({
    queryKey: queryKeys.reviews(workspace, session),
    queryFn: ({ signal }): Promise<Reviews> =>
      // The description calls an answer's value any JSON.
      dataOf(
        api.GET(`${SESSION}/reviews`, { params: { path: { workspace, session } }, signal }),
      ) as Promise<Reviews>,
  });

export const reviewersQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.reviewers(workspace),
    queryFn: ({ signal }) =>
      dataOf(api.GET(`${WORKSPACE}/reviewers`, { params: { path: { workspace } }, signal })),
    staleTime: 60_000,
  });

export const mentionsQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.mentions(workspace),
    queryFn: ({ signal }): Promise<Mentions> =>
      dataOf(api.GET(`${WORKSPACE}/mentions`, { params: { path: { workspace } }, signal })),
    staleTime: 30_000,
    refetchInterval: 120_000,
  });

/** The reader is done with all of them. */
export async function markMentionsRead(workspace: string): Promise<void> {
  await api.POST(`${WORKSPACE}/mentions/read`, { params: { path: { workspace } }, body: {} });
}

export function giveVerdict(workspace: string, session: string, body: NewVerdict): Promise<Verdict> {
  return dataOf(api.POST(`${SESSION}/verdicts`, { params: { path: { workspace, session } }, body }));
}

export async function changeTag(
  workspace: string,
  session: string,
  body: Schemas["TagChange"],
): Promise<void> {
  await api.POST(`${SESSION}/tags`, { params: { path: { workspace, session } }, body });
}

export function addComment(workspace: string, session: string, body: NewComment): Promise<Comment> {
  return dataOf(api.POST(`${SESSION}/comments`, { params: { path: { workspace, session } }, body }));
}

export async function changeComment(
  workspace: string,
  session: string,
  comment: string,
  body: Schemas["CommentEdit"],
): Promise<void> {
  const path = { workspace, session, comment };
  await api.PATCH(`${SESSION}/comments/{comment}`, { params: { path }, body });
}

/** Without a text, what the reader wrote is taken back. */
export async function correctAnswer(
  workspace: string,
  session: string,
  body: Schemas["NewAnswer"],
): Promise<void> {
  await api.POST(`${SESSION}/answers`, { params: { path: { workspace, session } }, body });
}

export async function giveScore(
  workspace: string,
  session: string,
  body: Omit<Schemas["NewScore"], "answers"> & { answers: ScoreAnswer[] },
): Promise<void> {
  await api.POST(`${SESSION}/scores`, { params: { path: { workspace, session } }, body });
}

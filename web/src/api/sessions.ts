import { api, dataOf, given } from "./client";
import type {
  ContentField,
  ContentPiece,
  Conversation,
  FoundPlaces,
  NameCount,
  SessionHead,
  SessionList,
  SessionSort,
  Slice,
  StepKindsView,
  StepRow,
  TurnRow,
} from "./types";
import { pathOf } from "./urls";

const SESSIONS = "/api/v1/workspaces/{workspace}/sessions";
const SESSION = "/api/v1/workspaces/{workspace}/sessions/{session}";
const STEP = "/api/v1/workspaces/{workspace}/sessions/{session}/steps/{step}";

/** Keys whose names the server can list. */
export type NameKey =
  | "user"
  | "project"
  | "model"
  | "skill"
  | "skill_version"
  | "tool"
  | "mcp"
  | "version"
  | "tag"
  | "reviewer";

export function listSessions(
  workspace: string,
  query: {
    filter?: string;
    /** Kinds of sessions that are left out, separated by commas. */
    fold?: string;
    sort?: SessionSort;
    limit?: number;
    cursor?: string | undefined;
  },
  signal: AbortSignal | null = null,
): Promise<SessionList> {
  return dataOf(api.GET(SESSIONS, { params: { path: { workspace }, query: given(query) }, signal }));
}

export function getSession(
  workspace: string,
  session: string,
  signal: AbortSignal | null = null,
): Promise<SessionHead> {
  return dataOf(api.GET(SESSION, { params: { path: { workspace, session } }, signal }));
}

export function listTurns(
  workspace: string,
  session: string,
  query: { offset: number; limit: number },
  signal: AbortSignal | null = null,
): Promise<Slice<TurnRow>> {
  return dataOf(api.GET(`${SESSION}/turns`, { params: { path: { workspace, session }, query }, signal }));
}

export function listSteps(
  workspace: string,
  session: string,
  query: { offset: number; limit: number; agent?: string | undefined; text_bytes_max?: number },
  signal: AbortSignal | null = null,
): Promise<Slice<StepRow>> {
  const path = { workspace, session };
  return dataOf(api.GET(`${SESSION}/steps`, { params: { path, query: given(query) }, signal }));
}

/** `step` is the step's id or any of its aliases. */
export function getStep(
  workspace: string,
  session: string,
  step: string,
  signal: AbortSignal | null = null,
): Promise<StepRow> {
  return dataOf(api.GET(STEP, { params: { path: { workspace, session, step } }, signal }));
}

/** A piece of a text that was cut; offset and length in bytes. */
export function getContent(
  workspace: string,
  session: string,
  step: string,
  query: { field: ContentField; offset: number; length: number },
  signal: AbortSignal | null = null,
): Promise<ContentPiece> {
  const path = { workspace, session, step };
  return dataOf(api.GET(`${STEP}/content`, { params: { path, query }, signal }));
}

export function downloadUrl(workspace: string, session: string, step: string, field: ContentField): string {
  return pathOf(`${STEP}/download`, { workspace, session, step }, { field });
}

/** Places of the steps that failed, in the session's one list of steps. */
export function listErrors(
  workspace: string,
  session: string,
  signal: AbortSignal | null = null,
): Promise<{ indexes: number[]; version: string }> {
  return dataOf(api.GET(`${SESSION}/errors`, { params: { path: { workspace, session } }, signal }));
}

/** What every step is, in a few characters each. */
export function listStepKinds(
  workspace: string,
  session: string,
  agent: string | undefined,
  signal: AbortSignal | null = null,
): Promise<StepKindsView> {
  const path = { workspace, session };
  return dataOf(api.GET(`${SESSION}/step-kinds`, { params: { path, query: given({ agent }) }, signal }));
}

/** Where in a session something stands; `limit` of the hits are told with their words. */
export function findInSession(
  workspace: string,
  session: string,
  query: { q: string; offset: number; limit: number },
  signal: AbortSignal | null = null,
): Promise<FoundPlaces> {
  return dataOf(api.GET(`${SESSION}/find`, { params: { path: { workspace, session }, query }, signal }));
}

export function getConversation(
  workspace: string,
  session: string,
  signal: AbortSignal | null = null,
): Promise<Conversation> {
  return dataOf(api.GET(`${SESSION}/conversation`, { params: { path: { workspace, session } }, signal }));
}

export function listNames(
  workspace: string,
  key: NameKey,
  query: { text?: string; limit?: number },
  signal: AbortSignal | null = null,
): Promise<{ items: NameCount[] }> {
  const path = { workspace, key };
  return dataOf(api.GET("/api/v1/workspaces/{workspace}/names/{key}", { params: { path, query }, signal }));
}

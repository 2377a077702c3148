import { apiUrl, request, workspacePath } from "./request";
import type {
  ContentField,
  ContentPiece,
  Conversation,
  NameCount,
  Page,
  Session,
  SessionHead,
  Slice,
  StepRow,
  TurnRow,
} from "./types";

export type SessionSort = "started" | "cost" | "duration" | "errors";

/** Keys whose names the server can list. */
export type NameKey = "user" | "project" | "model" | "skill" | "tool" | "mcp" | "version";

export function listSessions(
  workspace: string,
  query: { filter?: string; sort?: SessionSort; limit?: number; cursor?: string | undefined },
  signal?: AbortSignal,
): Promise<Page<Session>> {
  return request(workspacePath(workspace, "sessions"), { query, signal });
}

export function getSession(workspace: string, session: string, signal?: AbortSignal): Promise<SessionHead> {
  return request(workspacePath(workspace, "sessions", session), { signal });
}

export function listTurns(
  workspace: string,
  session: string,
  query: { offset: number; limit: number },
  signal?: AbortSignal,
): Promise<Slice<TurnRow>> {
  return request(workspacePath(workspace, "sessions", session, "turns"), { query, signal });
}

export function getTurn(
  workspace: string,
  session: string,
  turn: string,
  signal?: AbortSignal,
): Promise<TurnRow> {
  return request(workspacePath(workspace, "sessions", session, "turns", turn), { signal });
}

export function listSteps(
  workspace: string,
  session: string,
  query: { offset: number; limit: number; agent?: string | undefined; text_bytes_max?: number },
  signal?: AbortSignal,
): Promise<Slice<StepRow>> {
  return request(workspacePath(workspace, "sessions", session, "steps"), { query, signal });
}

/** `step` is the step's id or any of its aliases. */
export function getStep(
  workspace: string,
  session: string,
  step: string,
  signal?: AbortSignal,
): Promise<StepRow> {
  return request(workspacePath(workspace, "sessions", session, "steps", step), { signal });
}

/** A piece of a text that was cut; offset and length in bytes. */
export function getContent(
  workspace: string,
  session: string,
  step: string,
  query: { field: ContentField; offset: number; length: number },
  signal?: AbortSignal,
): Promise<ContentPiece> {
  return request(workspacePath(workspace, "sessions", session, "steps", step, "content"), { query, signal });
}

export function downloadUrl(workspace: string, session: string, step: string, field: ContentField): string {
  return apiUrl(workspacePath(workspace, "sessions", session, "steps", step, "download"), { field });
}

/** Places of the steps that failed, in the session's one list of steps. */
export function listErrors(
  workspace: string,
  session: string,
  signal?: AbortSignal,
): Promise<{ indexes: number[]; version: string }> {
  return request(workspacePath(workspace, "sessions", session, "errors"), { signal });
}

export function getConversation(
  workspace: string,
  session: string,
  signal?: AbortSignal,
): Promise<Conversation> {
  return request(workspacePath(workspace, "sessions", session, "conversation"), { signal });
}

export function listNames(
  workspace: string,
  key: NameKey,
  query: { prefix?: string; limit?: number },
  signal?: AbortSignal,
): Promise<{ items: NameCount[] }> {
  return request(workspacePath(workspace, "names", key), { query, signal });
}

export function listProjects(workspace: string, signal?: AbortSignal): Promise<{ items: NameCount[] }> {
  return request(workspacePath(workspace, "projects"), { signal });
}

/** What stands beside a transcript: records with their proofs, the timeline, what was used and changed. */
import { api, dataOf, given } from "./client";
import type {
  FileDiff,
  RecordList,
  RecordView,
  SessionFiles,
  SessionUses,
  StepRecords,
  TimelineView,
} from "./types";
import { pathOf } from "./urls";

const SESSION = "/api/v1/workspaces/{workspace}/sessions/{session}";

export function getTimeline(
  workspace: string,
  session: string,
  query: { from?: number | undefined; to?: number | undefined; bins: number },
  signal: AbortSignal | null = null,
): Promise<TimelineView> {
  const params = { path: { workspace, session }, query: given(query) };
  return dataOf(api.GET(`${SESSION}/timeline`, { params, signal }));
}

export function getUses(
  workspace: string,
  session: string,
  signal: AbortSignal | null = null,
): Promise<SessionUses> {
  return dataOf(api.GET(`${SESSION}/uses`, { params: { path: { workspace, session } }, signal }));
}

export function listFiles(
  workspace: string,
  session: string,
  signal: AbortSignal | null = null,
): Promise<SessionFiles> {
  return dataOf(api.GET(`${SESSION}/files`, { params: { path: { workspace, session } }, signal }));
}

export function getFileDiff(
  workspace: string,
  session: string,
  path: string,
  signal: AbortSignal | null = null,
): Promise<FileDiff> {
  const params = { path: { workspace, session }, query: { path } };
  return dataOf(api.GET(`${SESSION}/files/diff`, { params, signal }));
}

export function listRecords(
  workspace: string,
  session: string,
  query: { sources?: string; offset?: number; around?: number; limit: number },
  signal: AbortSignal | null = null,
): Promise<RecordList> {
  const params = { path: { workspace, session }, query: given(query) };
  return dataOf(api.GET(`${SESSION}/records`, { params, signal }));
}

export function getRecord(
  workspace: string,
  session: string,
  record: number,
  signal: AbortSignal | null = null,
): Promise<RecordView> {
  const params = { path: { workspace, session, record: String(record) } };
  return dataOf(api.GET(`${SESSION}/records/{record}`, { params, signal }));
}

/** `step` is the step's id or any of its aliases. */
export function listStepRecords(
  workspace: string,
  session: string,
  step: string,
  signal: AbortSignal | null = null,
): Promise<StepRecords> {
  const params = { path: { workspace, session, step } };
  return dataOf(api.GET(`${SESSION}/steps/{step}/records`, { params, signal }));
}

/** Where a record's whole content is to be had as a file. */
export const recordUrl = (workspace: string, session: string, record: number): string =>
  pathOf(`${SESSION}/records/{record}/download`, { workspace, session, record: String(record) });

/** What the panels beside the transcript fetch, as queries. All of one session goes when it is gone: their keys begin as its do. */
import { queryOptions } from "@tanstack/react-query";
import { queryKeys } from "@/api/keys";
import {
  getFileDiff,
  getRecord,
  getTimeline,
  getUses,
  listFiles,
  listRecords,
  listStepRecords,
} from "@/api/panels";
import type { RecordView } from "@/api/types";
import { marked } from "./text/redactions";

/** Captured texts leave memory soon after they left the screen. */
const PAYLOAD_GC_MS = 30_000;
/** A live session's timeline is made anew now and then, not with every record. */
const LIVE_STALE_MS = 5_000;

/** Rows of telemetry that are fetched at once. */
export const TELEMETRY_PAGE = 100;
const TELEMETRY = "otel_log,otel_span,otel_metric";

const of = (workspace: string, session: string) => queryKeys.session(workspace, session);

export const timelineQuery = (
  workspace: string,
  session: string,
  query: { from?: number | undefined; to?: number | undefined; bins: number },
) =>
  queryOptions({
    queryKey: [...of(workspace, session), "timeline", query] as const,
    queryFn: ({ signal }) => getTimeline(workspace, session, query, signal),
    staleTime: LIVE_STALE_MS,
    gcTime: PAYLOAD_GC_MS,
  });

export const usesQuery = (workspace: string, session: string) =>
  queryOptions({
    queryKey: [...of(workspace, session), "uses"] as const,
    queryFn: ({ signal }) => getUses(workspace, session, signal),
    staleTime: LIVE_STALE_MS,
  });

export const filesQuery = (workspace: string, session: string) =>
  queryOptions({
    queryKey: [...of(workspace, session), "files"] as const,
    queryFn: ({ signal }) => listFiles(workspace, session, signal),
    staleTime: LIVE_STALE_MS,
    gcTime: PAYLOAD_GC_MS,
  });

export const fileDiffQuery = (workspace: string, session: string, path: string) =>
  queryOptions({
    queryKey: [...of(workspace, session), "files", "diff", path] as const,
    queryFn: ({ signal }) => getFileDiff(workspace, session, path, signal),
    gcTime: PAYLOAD_GC_MS,
  });

export const telemetryQuery = (workspace: string, session: string, offset: number) =>
  queryOptions({
    queryKey: [...of(workspace, session), "telemetry", offset] as const,
    queryFn: ({ signal }) =>
      listRecords(workspace, session, { sources: TELEMETRY, offset, limit: TELEMETRY_PAGE }, signal),
    gcTime: PAYLOAD_GC_MS,
  });

/** The page of telemetry in which a record is. */
export const telemetryAroundQuery = (workspace: string, session: string, record: number) =>
  queryOptions({
    queryKey: [...of(workspace, session), "telemetry", "around", record] as const,
    queryFn: ({ signal }) =>
      listRecords(workspace, session, { sources: TELEMETRY, around: record, limit: TELEMETRY_PAGE }, signal),
    gcTime: PAYLOAD_GC_MS,
  });

const markedRecord = (record: RecordView): RecordView =>
  record.body === null
    ? record
    : { ...record, body: { ...record.body, text: marked(record.body.text, record.body.redactions) } };

export const recordQuery = (workspace: string, session: string, record: number) =>
  queryOptions({
    queryKey: [...of(workspace, session), "record", record] as const,
    queryFn: async ({ signal }) => markedRecord(await getRecord(workspace, session, record, signal)),
    gcTime: PAYLOAD_GC_MS,
  });

export const stepRecordsQuery = (workspace: string, session: string, step: string) =>
  queryOptions({
    queryKey: [...of(workspace, session), "step-records", step] as const,
    queryFn: async ({ signal }) => {
      const { items, more } = await listStepRecords(workspace, session, step, signal);
      return { items: items.map(markedRecord), more };
    },
    gcTime: PAYLOAD_GC_MS,
  });

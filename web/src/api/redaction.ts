import { api, dataOf } from "./client";
import type {
  NewRedactionPolicy,
  RedactionCounts,
  RedactionSettings,
  RedactionTrial,
  TrialFound,
} from "./types";

const REDACTION = "/api/v1/workspaces/{workspace}/redaction";

export function getRedaction(workspace: string, signal: AbortSignal): Promise<RedactionSettings> {
  return dataOf(api.GET(REDACTION, { params: { path: { workspace } }, signal }));
}

/** Refused with `conflict` when another revision is in force than the one that was looked at. */
export function changeRedaction(
  workspace: string,
  body: { revision: number; policy: NewRedactionPolicy },
): Promise<RedactionSettings> {
  return dataOf(api.PUT(REDACTION, { params: { path: { workspace } }, body }));
}

/** What a rule would find in what is stored. Whoever asks has looked at the sessions that are shown. */
export function tryRedaction(workspace: string, body: RedactionTrial): Promise<TrialFound> {
  return dataOf(api.POST(`${REDACTION}/trial`, { params: { path: { workspace } }, body }));
}

/** What redaction did in the last thirty days. */
export function getRedactionCounts(workspace: string, signal: AbortSignal): Promise<RedactionCounts> {
  return dataOf(api.GET(`${REDACTION}/counts`, { params: { path: { workspace } }, signal }));
}

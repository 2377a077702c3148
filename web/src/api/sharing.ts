import { api, dataOf, given } from "./client";
import type { MadeShare, Share, ShareOpening, SharePreview, ShareRequest } from "./types";
import { pathOf } from "./urls";

const WORKSPACE = "/api/v1/workspaces/{workspace}";
const SHARES = `${WORKSPACE}/sessions/{session}/shares` as const;

/** What can be taken out of a session, or of those that fit a filter. */
export const EXPORTS = [
  { format: "html", name: "Replay, one HTML file", ofMany: "Replays, HTML files in a ZIP" },
  { format: "md", name: "Markdown", ofMany: "Markdown files in a ZIP" },
  { format: "jsonl", name: "Document, JSON lines" },
  { format: "csv", table: "turns", name: "Turns, CSV" },
  { format: "csv", table: "steps", name: "Steps, CSV" },
  { format: "csv", table: "verdicts", name: "Verdicts, CSV" },
  { format: "csv", table: "scores", name: "Scores, CSV" },
] as const;

/** The address of an export, which the browser saves as a file. */
export function exportPath(
  workspace: string,
  which: { session: string } | { filter: string },
  { format, table }: { format: string; table?: string },
): string {
  const query: Record<string, string> = { format, ...which, ...(table === undefined ? {} : { table }) };
  return pathOf(`${WORKSPACE}/export`, { workspace }, query);
}

/** What a link would show, in numbers; the page itself is at `previewPath`. */
export function previewShare(
  workspace: string,
  session: string,
  body: ShareRequest,
  signal: AbortSignal,
): Promise<SharePreview> {
  const params = { path: { workspace, session } };
  return dataOf(api.POST(`${SHARES}/preview`, { params, body, signal }));
}

export const previewPath = (workspace: string, preview: string) =>
  pathOf(`${WORKSPACE}/share-previews/{preview}`, { workspace, preview });

export function makeShare(
  workspace: string,
  session: string,
  body: { content: ShareRequest; preview: string; days: number },
): Promise<MadeShare> {
  return dataOf(api.POST(SHARES, { params: { path: { workspace, session } }, body }));
}

export function listShares(
  workspace: string,
  session: string | undefined,
  signal: AbortSignal,
): Promise<{ items: Share[] }> {
  const params = { path: { workspace }, query: given({ session }) };
  return dataOf(api.GET(`${WORKSPACE}/shares`, { params, signal }));
}

export function listOpenings(
  workspace: string,
  share: string,
  signal: AbortSignal,
): Promise<{ items: ShareOpening[] }> {
  return dataOf(
    api.GET(`${WORKSPACE}/shares/{share}/openings`, { params: { path: { workspace, share } }, signal }),
  );
}

/** The address of a report as a page; with `download`, as a file. `to` is the first day that is no part of it. */
export function reportPath(
  workspace: string,
  { project, from, to }: { project: string; from: string; to: string },
  download = false,
): string {
  return pathOf(
    `${WORKSPACE}/report.html`,
    { workspace },
    { from, to, ...(project === "" ? {} : { project }), ...(download ? { download: "true" } : {}) },
  );
}

export async function revokeShare(workspace: string, share: string): Promise<void> {
  await api.DELETE(`${WORKSPACE}/shares/{share}`, { params: { path: { workspace, share } } });
}

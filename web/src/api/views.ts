import { api, dataOf } from "./client";
import type { NewView, View } from "./types";

const VIEWS = "/api/v1/workspaces/{workspace}/views";
const VIEW = "/api/v1/workspaces/{workspace}/views/{view}";

/** Those that come with the program, then one's own and those that are shared. */
export function listViews(workspace: string, signal: AbortSignal): Promise<{ items: View[] }> {
  return dataOf(api.GET(VIEWS, { params: { path: { workspace } }, signal }));
}

export function createView(workspace: string, body: NewView): Promise<View> {
  return dataOf(api.POST(VIEWS, { params: { path: { workspace } }, body }));
}

export function changeView(workspace: string, view: string, body: NewView): Promise<View> {
  return dataOf(api.PUT(VIEW, { params: { path: { workspace, view } }, body }));
}

export async function deleteView(workspace: string, view: string): Promise<void> {
  await api.DELETE(VIEW, { params: { path: { workspace, view } } });
}

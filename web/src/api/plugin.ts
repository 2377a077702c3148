import { api, dataOf } from "./client";
import type { Plugin } from "./types";

/** What of the capture plugin the server has. */
export function getPlugin(workspace: string, signal: AbortSignal): Promise<Plugin> {
  return dataOf(
    api.GET("/api/v1/workspaces/{workspace}/plugin", { params: { path: { workspace } }, signal }),
  );
}

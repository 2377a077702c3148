import { api, dataOf, given } from "./client";
import type { SearchResults } from "./types";

/** Full text: what is found by session, the newest first. */
export function search(
  workspace: string,
  query: { q: string; filter?: string; limit?: number; hits?: number; cursor?: string | undefined },
  signal: AbortSignal | null = null,
): Promise<SearchResults> {
  const params = { path: { workspace }, query: given(query) };
  return dataOf(api.GET("/api/v1/workspaces/{workspace}/search", { params, signal }));
}

/** What is done with many sessions at once. */
import { api } from "./client";

export async function tagSession(workspace: string, session: string, tag: string): Promise<void> {
  const params = { path: { workspace, session } };
  await api.POST("/api/v1/workspaces/{workspace}/sessions/{session}/tags", { params, body: { tag } });
}

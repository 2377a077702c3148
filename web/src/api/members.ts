import { request, workspacePath } from "./request";
import type { ApiKey, Invitation, Member, Role } from "./types";

export function listMembers(workspace: string, signal?: AbortSignal): Promise<{ items: Member[] }> {
  return request(workspacePath(workspace, "members"), { signal });
}

export function changeMember(
  workspace: string,
  account: string,
  body: { role?: Role; projects?: string[] | null },
): Promise<Member> {
  return request(workspacePath(workspace, "members", account), { method: "PATCH", body });
}

export function removeMember(workspace: string, account: string): Promise<void> {
  return request(workspacePath(workspace, "members", account), { method: "DELETE" });
}

export function listInvitations(workspace: string, signal?: AbortSignal): Promise<{ items: Invitation[] }> {
  return request(workspacePath(workspace, "invitations"), { signal });
}

/** The token is told this once only. */
export function invite(
  workspace: string,
  body: { email: string; role: Role; projects: string[] | null },
): Promise<{ id: string; link_token: string; expires_at: string }> {
  return request(workspacePath(workspace, "invitations"), { method: "POST", body });
}

export function withdrawInvitation(workspace: string, invitation: string): Promise<void> {
  return request(workspacePath(workspace, "invitations", invitation), { method: "DELETE" });
}

export function listKeys(workspace: string, signal?: AbortSignal): Promise<{ items: ApiKey[] }> {
  return request(workspacePath(workspace, "keys"), { signal });
}

/** The key itself is told this once only. */
export function createKey(
  workspace: string,
  body: { scope: ApiKey["scope"]; projects: string[]; account?: string },
): Promise<{ id: string; token: string }> {
  return request(workspacePath(workspace, "keys"), { method: "POST", body });
}

export function revokeKey(workspace: string, key: string): Promise<void> {
  return request(workspacePath(workspace, "keys", key), { method: "DELETE" });
}

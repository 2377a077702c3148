import { api, dataOf } from "./client";
import type { ApiKey, Invitation, Member, MemberChange, NewInvitation, NewKey } from "./types";

const MEMBERS = "/api/v1/workspaces/{workspace}/members";
const INVITATIONS = "/api/v1/workspaces/{workspace}/invitations";
const KEYS = "/api/v1/workspaces/{workspace}/keys";

export function listMembers(workspace: string, signal: AbortSignal): Promise<{ items: Member[] }> {
  return dataOf(api.GET(MEMBERS, { params: { path: { workspace } }, signal }));
}

export function changeMember(workspace: string, account: string, body: MemberChange): Promise<Member> {
  return dataOf(api.PATCH(`${MEMBERS}/{account}`, { params: { path: { workspace, account } }, body }));
}

export async function removeMember(workspace: string, account: string): Promise<void> {
  await api.DELETE(`${MEMBERS}/{account}`, { params: { path: { workspace, account } } });
}

export function listInvitations(workspace: string, signal: AbortSignal): Promise<{ items: Invitation[] }> {
  return dataOf(api.GET(INVITATIONS, { params: { path: { workspace } }, signal }));
}

/** The token is told this once only. */
export function invite(
  workspace: string,
  body: NewInvitation,
): Promise<{ id: string; link_token: string; expires_at: string }> {
  return dataOf(api.POST(INVITATIONS, { params: { path: { workspace } }, body }));
}

export async function withdrawInvitation(workspace: string, invitation: string): Promise<void> {
  await api.DELETE(`${INVITATIONS}/{invitation}`, { params: { path: { workspace, invitation } } });
}

export function listKeys(workspace: string, signal: AbortSignal): Promise<{ items: ApiKey[] }> {
  return dataOf(api.GET(KEYS, { params: { path: { workspace } }, signal }));
}

/** The key itself is told this once only. */
export function createKey(workspace: string, body: NewKey): Promise<{ id: string; token: string }> {
  return dataOf(api.POST(KEYS, { params: { path: { workspace } }, body }));
}

export async function revokeKey(workspace: string, key: string): Promise<void> {
  await api.DELETE(`${KEYS}/{key}`, { params: { path: { workspace, key } } });
}

import { queryOptions } from "@tanstack/react-query";
import { queryKeys } from "./keys";
import { request } from "./request";
import type { AccountLink, Permission, Self, SignIn, WorkspaceGrant } from "./types";

export const selfQuery = queryOptions({
  queryKey: queryKeys.self,
  queryFn: ({ signal }) => request<Self>("/self", { signal }),
  staleTime: 60_000,
});

export function isSetUpNeeded(signal?: AbortSignal): Promise<{ set_up_needed: boolean }> {
  return request("/sign-in", { signal });
}

export function signIn(body: { email: string; password: string }): Promise<Self> {
  return request("/sign-in", { method: "POST", body });
}

export function signOut(): Promise<void> {
  return request("/sign-out", { method: "POST" });
}

export function inspectLink(token: string): Promise<AccountLink> {
  return request("/links/inspect", { method: "POST", body: { token } });
}

export function acceptLink(body: {
  token: string;
  name?: string;
  email?: string;
  password?: string;
}): Promise<Self> {
  return request("/links/accept", { method: "POST", body });
}

export function listSignIns(signal?: AbortSignal): Promise<{ items: SignIn[] }> {
  return request("/self/sign-ins", { signal });
}

export function revokeSignIn(signIn: string): Promise<void> {
  return request(`/self/sign-ins/${encodeURIComponent(signIn)}`, { method: "DELETE" });
}

export function grantOf(self: Self, workspace: string): WorkspaceGrant | undefined {
  return self.workspaces.find((grant) => grant.name === workspace);
}

export function mayDo(grant: WorkspaceGrant | undefined, permission: Permission): boolean {
  return grant?.permissions.includes(permission) ?? false;
}

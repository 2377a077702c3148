import { queryOptions } from "@tanstack/react-query";
import { api, dataOf } from "./client";
import { queryKeys } from "./keys";
import type { AcceptLink, AccountLink, Permission, Self, SignIn, WorkspaceGrant } from "./types";

export const selfQuery = queryOptions({
  queryKey: queryKeys.self,
  queryFn: ({ signal }): Promise<Self> => dataOf(api.GET("/api/v1/self", { signal })),
  staleTime: 60_000,
});

export function isSetUpNeeded(signal: AbortSignal): Promise<{ set_up_needed: boolean }> {
  return dataOf(api.GET("/api/v1/sign-in", { signal }));
}

export function signIn(body: { email: string; password: string }): Promise<Self> {
  return dataOf(api.POST("/api/v1/sign-in", { body }));
}

export async function signOut(): Promise<void> {
  await api.POST("/api/v1/sign-out");
}

/** Ends every other sign-in of this account; this one goes on with a new cookie. */
export function changePassword(body: { old: string; new: string }): Promise<Self> {
  return dataOf(api.POST("/api/v1/self/password", { body }));
}

export function inspectLink(token: string): Promise<AccountLink> {
  return dataOf(api.POST("/api/v1/links/inspect", { body: { token } }));
}

export function acceptLink(body: AcceptLink): Promise<Self> {
  return dataOf(api.POST("/api/v1/links/accept", { body }));
}

export function listSignIns(signal: AbortSignal): Promise<{ items: SignIn[] }> {
  return dataOf(api.GET("/api/v1/self/sign-ins", { signal }));
}

export async function revokeSignIn(signIn: string): Promise<void> {
  await api.DELETE("/api/v1/self/sign-ins/{sign_in}", { params: { path: { sign_in: signIn } } });
}

export function grantOf(self: Self, workspace: string): WorkspaceGrant | undefined {
  return self.workspaces.find((grant) => grant.name === workspace);
}

export function mayDo(grant: WorkspaceGrant | undefined, permission: Permission): boolean {
  return grant?.permissions.includes(permission) ?? false;
}

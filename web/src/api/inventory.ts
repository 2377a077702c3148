import { api, dataOf } from "./client";
import type { McpServerSeen, SkillText, SkillVersion, SkillVersionDetail, WorkspaceCoverage } from "./types";

const WORKSPACE = "/api/v1/workspaces/{workspace}";
const VERSION = `${WORKSPACE}/skills/{skill}/versions/{hash}` as const;

export function listSkills(workspace: string, signal: AbortSignal): Promise<{ items: SkillVersion[] }> {
  return dataOf(api.GET(`${WORKSPACE}/skills`, { params: { path: { workspace } }, signal }));
}

export function getSkillVersion(
  workspace: string,
  skill: string,
  hash: string,
  signal: AbortSignal,
): Promise<SkillVersionDetail> {
  return dataOf(api.GET(VERSION, { params: { path: { workspace, skill, hash } }, signal }));
}

/** Whoever asks has looked at it: that is noted. */
export function getSkillText(
  workspace: string,
  skill: string,
  hash: string,
  path: string,
  signal: AbortSignal,
): Promise<SkillText> {
  const params = { path: { workspace, skill, hash }, query: { path } };
  return dataOf(api.GET(`${VERSION}/text`, { params, signal }));
}

export function listMcpServers(workspace: string, signal: AbortSignal): Promise<{ items: McpServerSeen[] }> {
  return dataOf(api.GET(`${WORKSPACE}/mcp-servers`, { params: { path: { workspace } }, signal }));
}

export function getCoverage(workspace: string, signal: AbortSignal): Promise<WorkspaceCoverage> {
  return dataOf(api.GET(`${WORKSPACE}/coverage`, { params: { path: { workspace } }, signal }));
}

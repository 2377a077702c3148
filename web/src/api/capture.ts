import { api, dataOf, given } from "./client";
import type {
  CaptureSettings,
  Device,
  DeviceRequest,
  MadePrivate,
  NewCapturePolicy,
  Page,
  Tombstone,
} from "./types";

const WORKSPACE = "/api/v1/workspaces/{workspace}";
const POLICY = `${WORKSPACE}/capture-policy` as const;

export function getCapturePolicy(workspace: string, signal: AbortSignal): Promise<CaptureSettings> {
  return dataOf(api.GET(POLICY, { params: { path: { workspace } }, signal }));
}

/** Refused with `conflict` when another revision is in force than the one that was looked at. */
export function changeCapturePolicy(
  workspace: string,
  body: { revision: number; policy: NewCapturePolicy },
): Promise<CaptureSettings> {
  return dataOf(api.PUT(POLICY, { params: { path: { workspace } }, body }));
}

export function listTombstones(
  workspace: string,
  cursor: string | undefined,
  signal: AbortSignal,
): Promise<Page<Tombstone>> {
  const params = { path: { workspace }, query: given({ cursor }) };
  return dataOf(api.GET(`${WORKSPACE}/tombstones`, { params, signal }));
}

export function listDevices(workspace: string, signal: AbortSignal): Promise<{ items: Device[] }> {
  return dataOf(api.GET(`${WORKSPACE}/devices`, { params: { path: { workspace } }, signal }));
}

/** The word of the session's person: what becomes of it is the policy's to say. */
export function makePrivate(workspace: string, session: string): Promise<MadePrivate> {
  const params = { path: { workspace, session } };
  return dataOf(api.POST(`${WORKSPACE}/sessions/{session}/private`, { params }));
}

/** What a device asks for that shows this code. */
export function inspectDevice(code: string): Promise<DeviceRequest> {
  return dataOf(api.POST("/api/v1/device/inspect", { body: { code } }));
}

export async function decideDevice(body: { code: string; approve: boolean }): Promise<void> {
  await api.POST("/api/v1/device/decide", { body });
}

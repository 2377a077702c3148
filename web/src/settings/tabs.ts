import { mayDo } from "@/api/self";
import type { WorkspaceGrant } from "@/api/types";

/** The pages of the settings, in their order, and what reading each asks for. */
const TABS = [
  { name: "Members", to: "/w/$workspace/settings/members", permission: "members.read" },
  { name: "Keys", to: "/w/$workspace/settings/keys", permission: "keys.read" },
  { name: "Install", to: "/w/$workspace/settings/install", permission: "keys.read" },
  { name: "Devices", to: "/w/$workspace/settings/devices", permission: "capture.read" },
  { name: "Privacy", to: "/w/$workspace/settings/privacy", permission: "capture.read" },
  { name: "Shared links", to: "/w/$workspace/settings/shares", permission: "shares.write" },
  { name: "Redaction", to: "/w/$workspace/settings/redaction", permission: "redaction.read" },
] as const;

/** Those that someone may open; without any, there are no settings for them. */
export function settingsTabs(grant: WorkspaceGrant | undefined) {
  return TABS.filter(({ permission }) => mayDo(grant, permission));
}

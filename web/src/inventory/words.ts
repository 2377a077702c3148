/** How the pages of what machines have are put in words and groups. */
import type { McpServerSeen, SkillState, SkillVersion } from "@/api/types";
import { plural } from "@/format/count";

export const STATES: Record<SkillState, { name: string; says: string }> = {
  stable: { name: "stable", says: "Looked at again after it ran: the same as when the session began." },
  changed: { name: "changed", says: "Another one was there after it ran than when the session began." },
  unknown: { name: "unknown", says: "It was not looked at both before and after it ran." },
};

export const HASH_SHOWN = 12;

export interface SkillGroup {
  name: string;
  versions: SkillVersion[];
}

/** The versions of each skill together; of those whose name has the words. */
export function skillGroups(versions: readonly SkillVersion[], words: string): SkillGroup[] {
  const sought = words.trim().toLocaleLowerCase();
  const groups: SkillGroup[] = [];
  for (const version of versions) {
    if (!version.name.toLocaleLowerCase().includes(sought)) {
      continue;
    }
    const last = groups.at(-1);
    if (last?.name === version.name) {
      last.versions.push(version);
    } else {
      groups.push({ name: version.name, versions: [version] });
    }
  }
  return groups;
}

/** In how many sessions it ran, and whether it was then what it had been. */
export function ranWords({ ran, states }: Pick<SkillVersion, "ran" | "states">): string {
  if (ran === 0) {
    return "never ran";
  }
  const known = states.filter(({ state, sessions }) => state !== "unknown" && sessions > 0);
  const unknown = ran - known.reduce((sum, { sessions }) => sum + sessions, 0);
  const words = known.map(({ state, sessions }) => `${sessions} ${STATES[state].name}`);
  return [plural(ran, "session"), ...words, ...(unknown > 0 ? [`${unknown} unknown`] : [])].join(", ");
}

export function enabledWords(enabled: boolean | null): string {
  return enabled === null ? "unknown" : enabled ? "yes" : "no";
}

/** The servers whose name, origin or machine has the words. */
export function serversSought(servers: readonly McpServerSeen[], words: string): McpServerSeen[] {
  const sought = words.trim().toLocaleLowerCase();
  return servers.filter(({ name, origin, device_name }) =>
    [name, origin, device_name].some((text) => text?.toLocaleLowerCase().includes(sought)),
  );
}

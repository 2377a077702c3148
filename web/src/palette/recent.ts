/** The sessions that were opened last in this browser. Their ids only: what they are called is asked for when it is shown. */

const KEPT_MAX = 8;
const ID_MAX = 200;
const keyOf = (workspace: string) => `argus.recent.${workspace}`;

export function recentSessions(workspace: string): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(workspace)) ?? "[]");
    return Array.isArray(stored)
      ? stored.filter((id) => typeof id === "string" && id.length <= ID_MAX).slice(0, KEPT_MAX)
      : [];
  } catch {
    // Storage may be switched off or hold something else.
    return [];
  }
}

export function rememberSession(workspace: string, session: string) {
  const others = recentSessions(workspace).filter((id) => id !== session);
  try {
    localStorage.setItem(keyOf(workspace), JSON.stringify([session, ...others].slice(0, KEPT_MAX)));
  } catch {
    // Then they are not kept.
  }
}

/** The last step that was there when each session was last looked at; kept in this browser. */

const STORAGE_KEY = "argus.looked";
const SESSIONS_MAX = 300;

type LastLooks = Record<string, string>;

function read(): LastLooks {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as LastLooks) : {};
  } catch {
    // Storage may be switched off or hold something else: nothing is known.
    return {};
  }
}

const keyOf = (workspace: string, session: string) => `${workspace}/${session}`;

/** The step's id. */
export function lastLookAt(workspace: string, session: string): string | undefined {
  const looks = read();
  const key = keyOf(workspace, session);
  const step = Object.hasOwn(looks, key) ? looks[key] : undefined;
  return typeof step === "string" ? step : undefined;
}

export function noteLook(workspace: string, session: string, step: string) {
  const key = keyOf(workspace, session);
  const others = Object.entries(read()).filter(([other]) => other !== key);
  try {
    const kept = [...others.slice(1 - SESSIONS_MAX), [key, step]];
    localStorage.setItem(STORAGE_KEY, JSON.stringify(Object.fromEntries(kept)));
  } catch {
    // Then the next visit shows nothing as new.
  }
}

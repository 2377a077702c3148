import type { Page, Session } from "@/api/types";

/**
 * What an event changes in the pages at hand. `found` are those of the `changed` sessions that fit the filter now:
 * rows are renewed where they stand, rows that fit no longer go, and new ones are told of, not pushed in.
 */
export function applyChanges<P extends Page<Session>>(
  pages: readonly P[],
  changed: readonly string[],
  found: readonly Session[],
): { pages: P[]; added: string[] } {
  const byId = new Map(found.map((session) => [session.id, session]));
  const shown = new Set(pages.flatMap((page) => page.items.map(({ id }) => id)));
  const gone = new Set(changed.filter((id) => !byId.has(id)));
  return {
    pages: pages.map((page) => ({
      ...page,
      items: page.items.flatMap((session) => (gone.has(session.id) ? [] : [byId.get(session.id) ?? session])),
    })),
    added: found.flatMap(({ id }) => (shown.has(id) ? [] : [id])),
  };
}

const LIVE_MS = 120_000;

/** Something arrived within the last two minutes, and no end was seen. */
export function isLive(
  { ended_at, end_reason }: Pick<Session, "ended_at" | "end_reason">,
  now: number,
): boolean {
  return end_reason === null && ended_at !== null && now - Date.parse(ended_at) < LIVE_MS;
}

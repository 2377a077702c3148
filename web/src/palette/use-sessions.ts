import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { queryKeys } from "@/api/keys";
import { search } from "@/api/search";
import { listSessions } from "@/api/sessions";
import type { Session, StepHit } from "@/api/types";
import { asIdPrefix } from "./match";
import { recentSessions } from "./recent";
import { useSettled } from "./use-settled";

const SETTLE_MS = 150;
const SHOWN_MAX = 5;
/** What is shorter is in every text. */
const SEARCHED_MIN = 2;

/** Sessions for what is typed: those opened last, by the beginning of their id, by their texts. */
export function usePaletteSessions(workspace: string, query: string) {
  const typed = useSettled(query.trim(), SETTLE_MS);
  const ids = recentSessions(workspace);
  const recent = useQuery({
    queryKey: [...queryKeys.palette(workspace), "recent", ...ids],
    queryFn: ({ signal }) =>
      listSessions(workspace, { filter: `id:${ids.map(quoted).join(",")}`, limit: ids.length }, signal),
    enabled: ids.length > 0,
    staleTime: 30_000,
  });
  const prefix = asIdPrefix(typed);
  const byId = useQuery({
    queryKey: [...queryKeys.palette(workspace), "id", prefix],
    queryFn: ({ signal }) => listSessions(workspace, { filter: `id:${prefix}`, limit: SHOWN_MAX }, signal),
    enabled: prefix !== undefined,
    placeholderData: keepPreviousData,
  });
  const isSearched = typed.length >= SEARCHED_MIN;
  const texts = useQuery({
    queryKey: [...queryKeys.palette(workspace), "texts", typed],
    queryFn: ({ signal }) => search(workspace, { q: typed, limit: SHOWN_MAX, hits: 1 }, signal),
    enabled: isSearched,
    placeholderData: keepPreviousData,
    // Half a phrase is no query: the whole of it will be.
    retry: false,
  });

  const opened = recent.data?.items ?? [];
  return {
    recent: ids.flatMap((id) => opened.filter((session) => session.id === id)),
    byId: prefix === undefined ? [] : (byId.data?.items ?? []),
    hits: isSearched && !texts.isError ? (texts.data?.groups ?? []).flatMap(firstHit) : [],
    isWaiting: query.trim() !== typed || texts.isFetching || byId.isFetching,
  };
}

function firstHit({ session, hits }: { session: Session; hits: StepHit[] }) {
  return hits.slice(0, 1).map((hit) => ({ session, hit }));
}

const quoted = (id: string) => `"${id.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

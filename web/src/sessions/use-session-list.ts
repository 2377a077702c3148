import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useSessionEvents } from "@/api/events";
import { queryKeys } from "@/api/keys";
import { listSessions } from "@/api/sessions";
import type { SessionList, SessionSort } from "@/api/types";
import { applyChanges } from "./live-pages";

const PAGE_SIZE = 100;
/** As many values as one term of the filter language takes. */
const CHANGED_MAX = 100;
/** Changes come in bursts while a client works; one request serves all of a second. */
const GATHER_MS = 1000;

type Pages = InfiniteData<SessionList, string | undefined>;

/** The sessions that fit, page by page. */
export const sessionListQuery = (workspace: string, filter: string, sort: SessionSort, fold: string) =>
  infiniteQueryOptions({
    queryKey: queryKeys.sessionList(workspace, filter, sort, fold),
    queryFn: ({ pageParam, signal }) =>
      listSessions(workspace, { filter, sort, fold, limit: PAGE_SIZE, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });

/** The sessions that fit, page by page, kept up to date while the list is open. */
export function useSessionList(workspace: string, filter: string, sort: SessionSort, fold: string) {
  const queryClient = useQueryClient();
  const options = sessionListQuery(workspace, filter, sort, fold);
  const { queryKey } = options;
  const query = useInfiniteQuery({
    ...options,
    // While another filter is asked for, the old list stays, and says that it waits.
    placeholderData: keepPreviousData,
  });

  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const listed = `${workspace}\n${filter}\n${sort}\n${fold}`;
  const [addedTo, setAddedTo] = useState(listed);
  if (addedTo !== listed) {
    setAddedTo(listed);
    setAdded(new Set());
  }

  async function renew(changed: string[]) {
    const before = queryClient.getQueryData<Pages>(queryKey);
    if (!before) {
      return;
    }
    if (before.pages.every(({ items }) => items.length === 0)) {
      // There is nothing that a row pushed in could move.
      return showFirstPage();
    }
    const { items } = await listSessions(workspace, {
      filter: `${filter} id:${changed.join(",")}`.trimStart(),
      fold,
      limit: CHANGED_MAX,
    });
    const data = queryClient.getQueryData<Pages>(queryKey);
    if (data) {
      const result = applyChanges(data.pages, changed, items);
      queryClient.setQueryData<Pages>(queryKey, { ...data, pages: result.pages });
      setAdded((known) => new Set([...known, ...result.added]));
    }
  }

  /** The first page anew, with whatever is new in it. */
  async function showFirstPage() {
    const page = await listSessions(workspace, { filter, sort, fold, limit: PAGE_SIZE });
    queryClient.setQueryData<Pages>(queryKey, { pages: [page], pageParams: [undefined] });
    setAdded(new Set());
  }

  const gather = useGathered((changed: string[]) => {
    // What fails here is made good by the next event, or by opening the list again.
    void renew(changed).catch(() => undefined);
  });
  const { lost } = useSessionEvents(workspace, {
    onSessions: gather,
    onReviews: gather,
    onReset: () => void queryClient.invalidateQueries({ queryKey }),
  });

  return {
    ...query,
    sessions: query.data?.pages.flatMap((page) => page.items) ?? [],
    folded: query.data?.pages[0]?.folded,
    addedCount: added.size,
    isLost: lost,
    showFirstPage,
  };
}

/** Collects ids for a moment and hands them on together. */
function useGathered(hand: (ids: string[]) => void): (ids: string[]) => void {
  const waiting = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef(hand);

  useEffect(() => {
    latest.current = hand;
  });
  useEffect(() => () => clearTimeout(timer.current), []);

  return (ids) => {
    for (const id of ids) {
      waiting.current.add(id);
    }
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const gathered = [...waiting.current];
      waiting.current.clear();
      for (let at = 0; at < gathered.length; at += CHANGED_MAX) {
        latest.current(gathered.slice(at, at + CHANGED_MAX));
      }
    }, GATHER_MS);
  };
}

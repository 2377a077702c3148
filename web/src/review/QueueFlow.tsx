import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { queryKeys } from "@/api/keys";
import {
  completeItem,
  type QueueItem,
  type QueueTurn,
  queueQuery,
  releaseItem,
  skipItem,
  takeNext,
} from "@/api/queues";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { QueueBar } from "./QueueBar";
import { type QueueRun, QueueRunContext } from "./queue-run";

/** A page that is left for a moment, as React does when it looks for mistakes, is not left. */
const LEFT_MS = 500;

/** Works through a queue: the item that is reserved for the reader is on the screen, one after the other. */
export function QueueFlow({
  workspace,
  queue: id,
  session,
  children,
}: {
  workspace: string;
  queue: string;
  session: string;
  children: ReactNode;
}) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const queue = useQuery(queueQuery(workspace, id));
  const taken = useQuery({
    queryKey: queryKeys.queueTurn(workspace, id),
    queryFn: () => takeNext(workspace, id),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  });
  const [isPending, setIsPending] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const item = taken.data?.item ?? undefined;
  const held = useRef<QueueItem>(undefined);
  held.current = item;

  const show = useCallback(
    (turn: QueueTurn, replace: boolean) => {
      queryClient.setQueryData(queryKeys.queueTurn(workspace, id), turn);
      queryClient.invalidateQueries({ queryKey: queryKeys.queues(workspace) });
      queryClient.invalidateQueries({ queryKey: queryKeys.myQueue(workspace) });
      if (turn.item) {
        goTo(navigate, workspace, id, turn.item, replace);
      } else {
        navigate({ to: "/w/$workspace/queue", params: { workspace }, search: { cleared: id } });
      }
    },
    [navigate, queryClient, workspace, id],
  );

  /** Does something with the item and goes on to the next. */
  const goOn = useCallback(
    async (act: (item: QueueItem) => Promise<void>) => {
      const current = held.current;
      if (!current || isPending) {
        return;
      }
      setIsPending(true);
      setError(null);
      try {
        await act(current);
        held.current = undefined;
        // What was hidden may be shown now.
        queryClient.invalidateQueries({ queryKey: queryKeys.reviews(workspace, current.session) });
        show(await takeNext(workspace, id), false);
      } catch (failed) {
        setError(failed as Error);
      } finally {
        setIsPending(false);
      }
    },
    [isPending, show, queryClient, workspace, id],
  );

  const letGo = useCallback(async () => {
    const current = held.current;
    held.current = undefined;
    queryClient.removeQueries({ queryKey: queryKeys.queueTurn(workspace, id) });
    if (current) {
      // Where it fails the reservation ends by itself.
      await releaseItem(workspace, current.id).catch(() => undefined);
      queryClient.invalidateQueries({ queryKey: queryKeys.myQueue(workspace) });
    }
  }, [queryClient, workspace, id]);

  const left = useEffectEvent(letGo);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    clearTimeout(leaving.current);
    return () => {
      const last = held.current;
      leaving.current = setTimeout(() => {
        if (last) {
          left();
        }
      }, LEFT_MS);
    };
  }, []);

  const run = useMemo(
    (): QueueRun | undefined =>
      queue.data && taken.data && item
        ? {
            queue: queue.data,
            item,
            progress: taken.data.progress,
            isPending,
            error,
            completeAndNext: () => goOn((current) => completeItem(workspace, current.id)),
            skip: (reason) => goOn((current) => skipItem(workspace, current.id, reason)),
            leave: () => {
              letGo();
              navigate({ to: "/w/$workspace/queue", params: { workspace } });
            },
          }
        : undefined,
    [queue.data, taken.data, item, isPending, error, goOn, letGo, navigate, workspace],
  );

  const failed = queue.error ?? taken.error;
  if (failed) {
    return (
      <div className="page">
        <ErrorNotice
          title="The queue could not be opened"
          error={failed}
          onRetry={() => {
            queue.refetch();
            taken.refetch();
          }}
        />
      </div>
    );
  }
  if (!run) {
    return taken.data && !item ? <Cleared /> : null;
  }
  const isThere = run.item.session === session;
  return (
    <div className="queue-run">
      <QueueBar
        run={run}
        onBack={isThere ? undefined : () => goTo(navigate, workspace, id, run.item, false)}
      />
      <QueueRunContext value={isThere ? run : undefined}>{children}</QueueRunContext>
    </div>
  );
}

function Cleared() {
  return (
    <div className="page">
      <Notice title="Nothing is left in this queue for you" />
    </div>
  );
}

/** To the session or turn that an item is about, with the queue in the address. */
export function goTo(
  navigate: ReturnType<typeof useNavigate>,
  workspace: string,
  queue: string,
  { session, turn }: QueueItem,
  replace: boolean,
) {
  // Lists have views of another kind in their address.
  const search = ({ view, ...before }: { view?: string | undefined }) => ({
    ...before,
    ...(view === "reader" && { view: "reader" as const }),
    queue,
  });
  if (turn === null) {
    navigate({ to: "/w/$workspace/sessions/$session", params: { workspace, session }, search, replace });
  } else {
    navigate({
      to: "/w/$workspace/sessions/$session/turns/$turn",
      params: { workspace, session, turn },
      search,
      replace,
    });
  }
}

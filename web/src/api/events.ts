import { useEffect, useEffectEvent, useState } from "react";
import { pathOf } from "./urls";

/** A tab that nobody looks at gives its connection back: browsers allow few of them to one server. */
const HIDDEN_MS = 60_000;
const RETRY_MS = 5_000;

export interface SessionEvents {
  /** These sessions changed. */
  onSessions: (sessions: string[]) => void;
  /** Somebody judged these sessions. */
  onReviews?: (sessions: string[]) => void;
  /** Something may have been missed: what is shown has to be fetched anew. */
  onReset: () => void;
}

/**
 * Listens to changes of sessions, or of one session, while the page is looked at. Answers whether it can: `lost` is
 * true from when the connection breaks until there is one again.
 */
export function useSessionEvents(
  workspace: string,
  {
    session,
    enabled = true,
    onSessions,
    onReviews,
    onReset,
  }: SessionEvents & { session?: string; enabled?: boolean },
): { lost: boolean } {
  const sessionsChanged = useEffectEvent(onSessions);
  const reviewsChanged = useEffectEvent((sessions: string[]) => onReviews?.(sessions));
  const missed = useEffectEvent(onReset);
  const [lost, setLost] = useState(false);

  useEffect(() => {
    if (!enabled) {
      return;
    }
    const query = session === undefined ? {} : { session };
    return listen(pathOf("/api/v1/workspaces/{workspace}/events", { workspace }, query), {
      onSessions: (sessions) => sessionsChanged(sessions),
      onReviews: (sessions) => reviewsChanged(sessions),
      onReset: () => missed(),
      onLost: setLost,
    });
  }, [workspace, session, enabled]);

  return { lost };
}

/** Opens the stream and keeps it open; the answer ends it. */
export function listen(
  url: string,
  { onSessions, onReviews, onReset, onLost }: SessionEvents & { onLost: (lost: boolean) => void },
): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // What changed between the page's first answers and the opening of the stream was told to nobody.
  let hasGap = true;

  function open() {
    const opened = new EventSource(url);
    source = opened;
    opened.addEventListener("open", () => {
      onLost(false);
      if (hasGap) {
        hasGap = false;
        onReset();
      }
    });
    opened.addEventListener("sessions", (event: MessageEvent<string>) => {
      onSessions((JSON.parse(event.data) as { sessions: string[] }).sessions);
    });
    opened.addEventListener("reviews", (event: MessageEvent<string>) => {
      onReviews?.((JSON.parse(event.data) as { sessions: string[] }).sessions);
    });
    opened.addEventListener("reset", () => onReset());
    opened.addEventListener("error", () => {
      onLost(true);
      // A connection that broke the browser opens again by itself, and says where it was; a refusal it takes as final.
      if (opened.readyState === EventSource.CLOSED) {
        close();
        timer = setTimeout(open, RETRY_MS);
      }
    });
  }

  function close() {
    source?.close();
    source = undefined;
    hasGap = true;
  }

  function onVisibility() {
    clearTimeout(timer);
    if (document.hidden) {
      timer = setTimeout(close, HIDDEN_MS);
    } else if (!source) {
      open();
    }
  }

  open();
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    document.removeEventListener("visibilitychange", onVisibility);
    clearTimeout(timer);
    close();
  };
}

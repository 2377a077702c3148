import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { lastStepQuery, stepQuery } from "../data";
import type { Where } from "../find-step";
import { lastLookAt, noteLook } from "./last-looks";
import { grown, opened } from "./looked";

export interface New {
  /** The first step that came since the reader last looked; undefined where nothing did. */
  from: number | undefined;
  /** Told whether the end is seen, or followed. */
  attend: (attends: boolean) => void;
}

/** What is new in a session since it was last looked at in this browser, and while its end is out of sight. */
export function useLooked({ workspace, session, agent }: Where, steps: number): New {
  const isWhole = agent === undefined;
  const [lastLook] = useState(() => (isWhole ? lastLookAt(workspace, session) : undefined));
  const asked = useQuery({
    ...stepQuery(workspace, session, lastLook ?? ""),
    enabled: lastLook !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [attends, setAttends] = useState(false);
  const isThere = useSyncExternalStore(onVisibility, () => document.visibilityState === "visible");

  const [looked, setLooked] = useState(() => opened(steps, undefined));
  const lastPlace = asked.data?.index;
  const [isPlaced, setIsPlaced] = useState(false);
  if (lastPlace !== undefined && !isPlaced) {
    setIsPlaced(true);
    setLooked(opened(looked.steps, lastPlace));
  }
  const now = grown(looked, steps, attends && isThere);
  if (now.steps !== looked.steps || now.newFrom !== looked.newFrom) {
    setLooked(now);
  }

  const last = useQuery({
    ...lastStepQuery(workspace, session, looked.steps),
    enabled: isWhole && isThere && looked.steps > 0,
  });
  const lastId = last.data;
  useEffect(() => {
    if (lastId !== undefined && lastId !== null) {
      noteLook(workspace, session, lastId);
    }
  }, [workspace, session, lastId]);

  return { from: isWhole ? now.newFrom : undefined, attend: useCallback(setAttends, []) };
}

function onVisibility(listener: () => void) {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

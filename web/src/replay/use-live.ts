import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useSessionEvents } from "@/api/events";
import { queryKeys } from "@/api/keys";

/** A busy session tells of itself many times a second; what is shown need not. */
const REFRESH_MS = 1_000;

/** Fetches anew what is shown when the session grows. */
export function useLive(workspace: string, session: string, enabled: boolean) {
  const queryClient = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const refresh = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const parts = [
        queryKeys.sessionHead(workspace, session),
        queryKeys.turns(workspace, session),
        queryKeys.errors(workspace, session),
      ];
      const lists = ["steps", "kinds", "find"].map((list) => [
        ...queryKeys.session(workspace, session),
        list,
      ]);
      for (const queryKey of [...parts, ...lists]) {
        queryClient.invalidateQueries({ queryKey });
      }
    }, REFRESH_MS);
  };
  const refreshReviews = () => {
    queryClient.invalidateQueries({ queryKey: queryKeys.reviews(workspace, session) });
  };
  useSessionEvents(workspace, {
    session,
    enabled,
    onSessions: refresh,
    onReviews: refreshReviews,
    onReset: () => {
      refresh();
      refreshReviews();
    },
  });

  useEffect(() => () => clearTimeout(timer.current), []);
}

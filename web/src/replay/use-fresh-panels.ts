import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { queryKeys } from "@/api/keys";
import type { SessionHead } from "@/api/types";

/** What looks at every step is asked for anew now and then, however often a live session tells of itself. */
const REFRESH_MS = 4_000;
const PANELS = ["timeline", "uses", "files", "telemetry"];

/** Fetches the panels' contents anew some time after the session changed. */
export function useFreshPanels(workspace: string, session: string, head: SessionHead) {
  const queryClient = useQueryClient();
  const known = useRef(head);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (known.current === head) {
      return;
    }
    known.current = head;
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      for (const panel of PANELS) {
        queryClient.invalidateQueries({ queryKey: [...queryKeys.session(workspace, session), panel] });
      }
    }, REFRESH_MS);
  }, [queryClient, workspace, session, head]);
  useEffect(() => () => clearTimeout(timer.current), []);
}

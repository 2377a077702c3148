import { useNavigate } from "@tanstack/react-router";
import { useMemo } from "react";
import { parseSessionSearch, type SessionSearch } from "./session-search";

/** Puts places of a session into the address. */
export interface Place {
  toStep: (turn: string, step: string, replace: boolean) => void;
  toTurn: (turn: string, replace: boolean) => void;
  toSession: (replace: boolean) => void;
  /** The same place, read in another way. */
  read: (changed: { [Key in keyof SessionSearch]: SessionSearch[Key] | undefined }) => void;
}

export function usePlace(workspace: string, session: string): Place {
  const navigate = useNavigate();
  return useMemo(() => {
    // The transcript scrolls itself: the page must not be scrolled to where it once was.
    const common = { resetScroll: false, search: parseSessionSearch } as const;
    return {
      toStep: (turn, step, replace) =>
        navigate({
          to: "/w/$workspace/sessions/$session/turns/$turn/steps/$step",
          params: { workspace, session, turn, step },
          replace,
          ...common,
        }),
      toTurn: (turn, replace) =>
        navigate({
          to: "/w/$workspace/sessions/$session/turns/$turn",
          params: { workspace, session, turn },
          replace,
          ...common,
        }),
      toSession: (replace) =>
        navigate({
          to: "/w/$workspace/sessions/$session",
          params: { workspace, session },
          replace,
          ...common,
        }),
      read: (changed) =>
        navigate({
          to: ".",
          search: (before) => parseSessionSearch({ ...before, ...changed }),
          replace: true,
          resetScroll: false,
        }),
    };
  }, [navigate, workspace, session]);
}

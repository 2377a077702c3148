import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queryKeys } from "@/api/keys";
import type { StepRow } from "@/api/types";
import { stepsQuery } from "../data";
import { isFar, PAGE_STEPS, pageOffset, pagesFor } from "../layout/pages";

export interface StepPages {
  /** The step at a place; undefined until its page has come. */
  at: (index: number) => StepRow | undefined;
  error: Error | null;
  retry: () => void;
}

/** The pages of steps that are seen; those far from them leave memory. */
export function useStepPages(
  { workspace, session, agent }: { workspace: string; session: string; agent: string | undefined },
  seen: [first: number, last: number] | undefined,
  total: number,
  /** Pages that are only flown over are not fetched. */
  flying: boolean,
): StepPages {
  const queryClient = useQueryClient();
  const [held, setHeld] = useState(seen);
  if (!flying && !isSame(held, seen)) {
    setHeld(seen);
  }
  const wanted = flying ? held : seen;
  const offsets = wanted ? pagesFor(wanted[0], wanted[1], total) : [];
  // Not combined: combining compares one page with another in depth on every move of the window.
  const pages = useQueries({
    queries: offsets.map((offset) => stepsQuery(workspace, session, agent, offset)),
  });
  const firstOffset = offsets[0] ?? 0;
  const lastOffset = offsets.at(-1) ?? 0;

  useEffect(() => {
    queryClient.removeQueries({
      queryKey: stepPagesKey(workspace, session, agent),
      predicate: ({ queryKey }) => isFar(Number(queryKey.at(-1)), [firstOffset, lastOffset]),
    });
  }, [queryClient, workspace, session, agent, firstOffset, lastOffset]);

  return {
    at: (index) => pages[(pageOffset(index) - firstOffset) / PAGE_STEPS]?.data?.items[index % PAGE_STEPS],
    error: pages.find((page) => page.isError)?.error ?? null,
    retry: () => {
      queryClient.refetchQueries({
        queryKey: stepPagesKey(workspace, session, agent),
        predicate: ({ state }) => state.status === "error",
      });
    },
  };
}

const isSame = (one: [number, number] | undefined, other: [number, number] | undefined) =>
  one?.[0] === other?.[0] && one?.[1] === other?.[1];

/** Names every page of steps of one replay. */
export function stepPagesKey(workspace: string, session: string, agent: string | undefined) {
  return queryKeys.steps(workspace, session, agent, 0).slice(0, -1);
}

import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { queryKeys } from "@/api/keys";
import type { StepRow } from "@/api/types";
import { stepsQuery } from "../data";
import { isFar, PAGE_STEPS, pageOffset } from "../layout/pages";

export interface StepPages {
  /** The step at a place; undefined until its page has come. */
  at: (index: number) => StepRow | undefined;
  error: Error | null;
  retry: () => void;
}

/** The pages of steps that are seen; those far from them leave memory. */
export function useStepPages(
  { workspace, session, agent }: { workspace: string; session: string; agent: string | undefined },
  /** The pages of the steps that are seen, ascending. */
  offsets: readonly number[],
  /** Pages that are only flown over are not fetched. */
  flying: boolean,
): StepPages {
  const queryClient = useQueryClient();
  const [held, setHeld] = useState(offsets);
  if (!flying && !isSame(held, offsets)) {
    setHeld(offsets);
  }
  const wanted = flying ? held : offsets;
  // Not combined: combining compares one page with another in depth on every move of the window.
  const pages = useQueries({
    queries: wanted.map((offset) => stepsQuery(workspace, session, agent, offset)),
  });
  const firstOffset = wanted[0] ?? 0;
  const lastOffset = wanted.at(-1) ?? 0;

  useEffect(() => {
    queryClient.removeQueries({
      queryKey: stepPagesKey(workspace, session, agent),
      predicate: ({ queryKey }) => isFar(Number(queryKey.at(-1)), [firstOffset, lastOffset]),
    });
  }, [queryClient, workspace, session, agent, firstOffset, lastOffset]);

  return {
    at: (index) => pages[wanted.indexOf(pageOffset(index))]?.data?.items[index % PAGE_STEPS],
    error: pages.find((page) => page.isError)?.error ?? null,
    retry: () => {
      queryClient.refetchQueries({
        queryKey: stepPagesKey(workspace, session, agent),
        predicate: ({ state }) => state.status === "error",
      });
    },
  };
}

const isSame = (one: readonly number[], other: readonly number[]) =>
  one.length === other.length && one.every((offset, place) => offset === other[place]);

/** Names every page of steps of one replay. */
export function stepPagesKey(workspace: string, session: string, agent: string | undefined) {
  return queryKeys.steps(workspace, session, agent, 0).slice(0, -1);
}

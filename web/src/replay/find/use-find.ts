import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { FoundHit } from "@/api/types";
import { findQuery } from "../data";
import type { Where } from "../find-step";
import { asTyped, expressionOf, hitFrom, hitsOffset, nextHit, termsOf } from "./found";

export interface Find {
  /** What is looked for; undefined while nothing is. */
  words: string | undefined;
  /** The steps in which it was found, by their places. */
  steps: ReadonlySet<number>;
  count: number;
  /** There are more than are told. */
  isCapped: boolean;
  /** The hit that is looked at, counted from 0; undefined before the first was asked for. */
  at: number | undefined;
  /** Its step. */
  step: number | undefined;
  /** Its words, once they have come. */
  hit: FoundHit | undefined;
  expression: RegExp | undefined;
  isWaiting: boolean;
  error: Error | null;
  /** Records that cannot be searched for yet. */
  lag: number;
  /** The step of the next hit, either way: from a step, or from the hit that is looked at. */
  move: (direction: 1 | -1, from: number) => number | undefined;
}

const NONE: ReadonlySet<number> = new Set();

/** What is found in a session, and which of it is looked at. */
export function useFind({ workspace, session, agent }: Where, words: string | undefined): Find {
  const [at, setAt] = useState<{ words: string; hit: number }>();
  const asked = asTyped(words ?? "");
  const isAsked = words !== undefined && agent === undefined;
  const hit = at !== undefined && at.words === words ? at.hit : undefined;
  const first = useQuery({
    ...findQuery(workspace, session, asked, 0),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  const further = useQuery({
    ...findQuery(workspace, session, asked, hitsOffset(hit ?? 0)),
    enabled: isAsked && hit !== undefined && hitsOffset(hit) > 0,
  });
  const found = isAsked ? first.data : undefined;
  const indexes = found?.indexes;
  const steps = useMemo(() => (indexes ? new Set(indexes) : NONE), [indexes]);
  const items = useMemo(
    () => [...(found?.items ?? []), ...(further.data?.items ?? [])],
    [found?.items, further.data?.items],
  );
  const expression = useMemo(() => expressionOf(termsOf(items)), [items]);
  const step = hit === undefined ? undefined : indexes?.[hit];

  return {
    words: isAsked ? words : undefined,
    steps,
    count: indexes?.length ?? 0,
    isCapped: found?.capped ?? false,
    at: hit,
    step,
    hit: items.find(({ index }) => index === step),
    expression,
    isWaiting: isAsked && (first.isPending || first.isPlaceholderData),
    error: isAsked ? first.error : null,
    lag: found?.lag.records ?? 0,
    move: (direction, from) => {
      if (words === undefined || !indexes || indexes.length === 0) {
        return undefined;
      }
      const start = hitFrom(indexes, from);
      const next =
        hit === undefined
          ? direction === 1
            ? start
            : nextHit(indexes.length, start, -1)
          : nextHit(indexes.length, hit, direction);
      setAt({ words, hit: next });
      return indexes[next];
    },
  };
}

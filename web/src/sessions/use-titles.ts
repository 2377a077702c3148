import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { queryKeys } from "@/api/keys";
import { listSessions } from "@/api/sessions";
import { writeTerm } from "@/filter/terms";
import { titleOf } from "./session-words";

/** As many as lists show at once, so that what is asked for stays the same when the next come; a term takes a hundred. */
const IDS_MAX = 50;

/** What sessions are called, by their ids, as far as it is known yet. */
export function useTitles(workspace: string, ids: readonly string[]): ReadonlyMap<string, string> {
  return useQueries({
    queries: chunksOf([...new Set(ids)]).map((chunk) => ({
      queryKey: queryKeys.sessionTitles(workspace, chunk),
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const filter = writeTerm({ key: "id", operator: ":", values: chunk, negated: false });
        return listSessions(workspace, { filter, limit: IDS_MAX }, signal);
      },
      placeholderData: keepPreviousData,
    })),
    combine: (answers) =>
      new Map(
        answers
          .flatMap(({ data }) => data?.items ?? [])
          .map((session) => [session.id, titleOf(session).text]),
      ),
  });
}

function chunksOf(ids: string[]): string[][] {
  return Array.from({ length: Math.ceil(ids.length / IDS_MAX) }, (_, chunk) =>
    ids.slice(chunk * IDS_MAX, (chunk + 1) * IDS_MAX),
  );
}

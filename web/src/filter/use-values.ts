import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { queryKeys } from "@/api/keys";
import { listNames } from "@/api/sessions";
import { plural } from "@/format/count";
import type { FilterKey } from "./keys";

const NAMES_MAX = 50;

export interface KeyValue {
  name: string;
  hint: string;
}

/** The values that a key can have here: the fixed ones, or the names that the server has seen. */
export function useValues(
  workspace: string,
  key: FilterKey | undefined,
  text: string,
): { values: readonly KeyValue[]; isPending: boolean } {
  const names = key?.names;
  const query = useQuery({
    queryKey: queryKeys.names(workspace, names ?? "model", text),
    queryFn: ({ signal }) => listNames(workspace, names ?? "model", { text, limit: NAMES_MAX }, signal),
    enabled: names !== undefined,
    placeholderData: keepPreviousData,
  });
  if (key?.choices) {
    return { values: key.choices.map((name) => ({ name, hint: "" })), isPending: false };
  }
  if (names === undefined) {
    return { values: [], isPending: false };
  }
  const items = query.isPlaceholderData && text === "" ? [] : (query.data?.items ?? []);
  return {
    values: items.map(({ name, sessions }) => ({ name, hint: plural(sessions, "session") })),
    isPending: query.isPending,
  };
}

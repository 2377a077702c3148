import { useQuery } from "@tanstack/react-query";
import { queryKeys } from "@/api/keys";
import { listNames, type NameKey } from "@/api/sessions";

const TAG: NameKey = "tag" as NameKey;
const NAMES_MAX = 20;

/** The workspace's tags that have this in them; none while nothing is completed. */
export function useTagNames(workspace: string, word: string | undefined): string[] {
  const names = useQuery({
    queryKey: queryKeys.names(workspace, TAG, word ?? ""),
    queryFn: ({ signal }) => listNames(workspace, TAG, { text: word ?? "", limit: NAMES_MAX }, signal),
    enabled: word !== undefined,
    retry: false,
  });
  return (names.data?.items ?? []).map(({ name }) => name);
}

import { useQuery } from "@tanstack/react-query";
import { queryKeys } from "@/api/keys";
import { getRedaction } from "@/api/redaction";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import { titlesOf } from "@/settings/redaction/words";

const NONE: ReadonlyMap<string, string> = new Map();

/** What the types of placeholders stand for, for whoever may know. Of the policy nothing else is kept. */
export function useRuleTitles(workspace: string, areWanted: boolean): ReadonlyMap<string, string> {
  const self = useQuery(selfQuery);
  const mayRead = self.data !== undefined && mayDo(grantOf(self.data, workspace), "redaction.read");
  const titles = useQuery({
    queryKey: queryKeys.ruleTitles(workspace),
    queryFn: async ({ signal }) => titlesOf(await getRedaction(workspace, signal)),
    enabled: areWanted && mayRead,
    staleTime: 300_000,
  });
  return titles.data ?? NONE;
}

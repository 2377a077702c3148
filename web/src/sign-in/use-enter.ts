import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { queryKeys } from "@/api/keys";
import type { Self } from "@/api/types";

/** Signed in as someone, perhaps as someone else than before: nothing fetched earlier holds. */
export function useEnter(): (self: Self, next?: string) => void {
  const router = useRouter();
  const queryClient = useQueryClient();
  return (self, next = "/") => {
    queryClient.clear();
    queryClient.setQueryData(queryKeys.self, self);
    router.history.replace(next);
  };
}

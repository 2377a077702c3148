import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "@/api/keys";
import type { NewView, View } from "@/api/types";
import { changeView, createView, deleteView, listViews } from "@/api/views";

const viewsQuery = (workspace: string) =>
  queryOptions({
    queryKey: queryKeys.views(workspace),
    queryFn: ({ signal }) => listViews(workspace, signal),
    staleTime: 60_000,
  });

export function useViews(workspace: string) {
  return useQuery(viewsQuery(workspace));
}

/** Saves, changes and deletes views; the list of them follows. */
export function useViewChanges(workspace: string) {
  const client = useQueryClient();
  const onSuccess = () => client.invalidateQueries({ queryKey: queryKeys.views(workspace) });
  return {
    create: useMutation({ mutationFn: (body: NewView) => createView(workspace, body), onSuccess }),
    change: useMutation({
      mutationFn: ({ view, body }: { view: View; body: NewView }) => changeView(workspace, view.id, body),
      onSuccess,
    }),
    remove: useMutation({ mutationFn: (view: View) => deleteView(workspace, view.id), onSuccess }),
  };
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { queryKeys } from "@/api/keys";
import { takeNext } from "@/api/queues";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { goTo } from "./QueueFlow";

/** Takes the reader's next item of a queue and goes there. */
export function QueueStart() {
  const { workspace, queue } = useParams({ from: "/signed-in/w/$workspace/queue/$queue" });
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const taken = useQuery({
    queryKey: ["workspace", workspace, "queue-start", queue],
    queryFn: () => takeNext(workspace, queue),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const turn = taken.data;
  useEffect(() => {
    if (turn?.item) {
      queryClient.setQueryData(queryKeys.queueTurn(workspace, queue), turn);
      goTo(navigate, workspace, queue, turn.item, true);
    } else if (turn) {
      navigate({
        to: "/w/$workspace/queue",
        params: { workspace },
        search: { cleared: queue },
        replace: true,
      });
    }
  }, [turn, navigate, queryClient, workspace, queue]);

  return (
    <div className="page">
      <PageTitle>Queue</PageTitle>
      {taken.isError ? (
        <ErrorNotice
          title="The queue could not be opened"
          error={taken.error}
          onRetry={() => taken.refetch()}
        />
      ) : (
        <Loading />
      )}
    </div>
  );
}

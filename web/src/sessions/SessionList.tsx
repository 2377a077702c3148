import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { isApiError, messageOf } from "@/api/error";
import { FilterBar } from "@/filter/FilterBar";
import { Button } from "@/ui/Button";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { FirstSession } from "./FirstSession";
import "./SessionList.css";
import { SessionTable } from "./SessionTable";
import { SessionTableSkeleton } from "./SessionTableSkeleton";
import { useSessionList } from "./use-session-list";

/** The front page: every session that the reader may see, newest first. */
export function SessionList() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/sessions" });
  const { filter = "", sort = "started" } = useSearch({ from: "/signed-in/w/$workspace/sessions" });
  const navigate = useNavigate();
  const list = useSessionList(workspace, filter, sort);

  const filterError =
    isApiError(list.error, "invalid_request") && filter !== "" ? messageOf(list.error) : undefined;

  const isEmpty = filter === "" && list.isSuccess && list.sessions.length === 0;

  function setFilter(changed: string) {
    void navigate({
      to: "/w/$workspace/sessions",
      params: { workspace },
      search: (before) => ({ ...before, filter: changed }),
    });
  }

  return (
    <div className="page sessions">
      <PageTitle>{`Sessions · ${workspace}`}</PageTitle>
      <div className="sessions-head">
        <h1>Sessions</h1>
        {list.isLost && (
          <p role="status" className="sessions-lost">
            Not connected. What is new will show when the server is back.
          </p>
        )}
      </div>
      {!isEmpty && (
        <FilterBar workspace={workspace} filter={filter} error={filterError} onFilter={setFilter} />
      )}
      <SessionListBody
        list={list}
        workspace={workspace}
        filter={filter}
        sort={sort}
        hasFilterError={filterError !== undefined}
        onClear={() => setFilter("")}
      />
    </div>
  );
}

function SessionListBody({
  list,
  workspace,
  filter,
  sort,
  hasFilterError,
  onClear,
}: {
  list: ReturnType<typeof useSessionList>;
  workspace: string;
  filter: string;
  sort: Parameters<typeof useSessionList>[2];
  hasFilterError: boolean;
  onClear: () => void;
}) {
  const { sessions } = list;
  if (hasFilterError) {
    return null;
  }
  if (list.isPending) {
    return <SessionTableSkeleton workspace={workspace} sort={sort} />;
  }
  if (list.isError && sessions.length === 0) {
    return (
      <ErrorNotice
        title="The sessions could not be loaded"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (sessions.length === 0) {
    return filter === "" ? (
      <FirstSession workspace={workspace} />
    ) : (
      <Notice title="No session fits" actions={<Button onClick={onClear}>Clear the filter</Button>}>
        <p>Every term of the filter has to hold. Take one away, or look at a longer time.</p>
      </Notice>
    );
  }
  return (
    <SessionTable
      workspace={workspace}
      sort={sort}
      sessions={sessions}
      isWaiting={list.isPlaceholderData}
      addedCount={list.addedCount}
      onShowAdded={list.showFirstPage}
      hasMore={list.hasNextPage}
      isLoadingMore={list.isFetchingNextPage}
      moreError={list.isFetchNextPageError ? list.error : undefined}
      onMore={() => void list.fetchNextPage()}
    />
  );
}

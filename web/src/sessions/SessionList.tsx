import { useSuspenseQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { isApiError, messageOf } from "@/api/error";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import { FilterBar } from "@/filter/FilterBar";
import { asksFor } from "@/filter/terms";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { Button } from "@/ui/Button";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { useFocusKept } from "@/ui/use-focus-kept";
import { type Shown, searchFor, searchOf, shownAt } from "@/views/shown";
import { useViews } from "@/views/use-views";
import { ViewBar } from "@/views/ViewBar";
import { FirstSession } from "./FirstSession";
import { FoldedRow } from "./FoldedRow";
import { FOLDED_KINDS } from "./fold";
import "./SessionList.css";
import { SessionTable } from "./SessionTable";
import { SessionTableSkeleton } from "./SessionTableSkeleton";
import { BulkBar } from "./select/BulkBar";
import { bounded, extendTo, NOTHING, toggle } from "./select/selection";
import { useSessionList } from "./use-session-list";

const PATH = "/signed-in/w/$workspace/sessions";

/** The front page: every session that the reader may see, newest first. */
export function SessionList() {
  const { workspace } = useParams({ from: PATH });
  const search = useSearch({ from: PATH });
  const navigate = useNavigate();
  const { data: self } = useSuspenseQuery(selfQuery);
  const views = useViews(workspace).data?.items ?? [];
  const view = views.find(({ id }) => id === search.view);
  const shown = shownAt(search, view);
  const { filter, sort, fold } = shown;
  const list = useSessionList(workspace, filter, sort, fold);

  const filterError =
    isApiError(list.error, "invalid_request") && filter !== "" ? messageOf(list.error) : undefined;

  const isEmpty = filter === "" && fold === "" && list.isSuccess && list.sessions.length === 0;

  /** Everything that is shown stands in the address, also what a view brought. */
  function show(changed: Partial<Shown>) {
    const next = { ...shown, ...changed };
    void navigate({
      to: "/w/$workspace/sessions",
      params: { workspace },
      search: searchFor(next, view),
    });
  }

  const setFold = (on: boolean) => show({ fold: on ? FOLDED_KINDS.join(",") : "" });
  useShortcuts({ "sessions.fold": () => setFold(fold === "") });

  // Another order is another table.
  const page = useRef<HTMLDivElement>(null);
  useFocusKept(page, ".session-table-head a");

  return (
    <div ref={page} className="page sessions">
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
        <>
          <ViewBar
            workspace={workspace}
            views={views}
            chosen={view}
            shown={shown}
            mayShare={mayDo(grantOf(self, workspace), "reviews.manage")}
            onSaved={(saved) =>
              void navigate({ to: "/w/$workspace/sessions", params: { workspace }, search: searchOf(saved) })
            }
          />
          <FilterBar
            workspace={workspace}
            filter={filter}
            error={filterError}
            onFilter={(changed) => show({ filter: changed })}
          />
          <FoldedRow fold={fold} folded={filterError ? undefined : list.folded} onFold={setFold} />
        </>
      )}
      <SessionListBody
        // What was selected in one list is not selected in another.
        key={`${workspace} ${filter} ${sort} ${fold}`}
        list={list}
        workspace={workspace}
        shown={shown}
        hasFilterError={filterError !== undefined}
        onClear={() => show({ filter: "", fold: "" })}
        onUnfold={() => setFold(false)}
      />
    </div>
  );
}

function SessionListBody({
  list,
  workspace,
  shown: { filter, sort, fold },
  hasFilterError,
  onClear,
  onUnfold,
}: {
  list: ReturnType<typeof useSessionList>;
  workspace: string;
  shown: Shown;
  hasFilterError: boolean;
  onClear: () => void;
  onUnfold: () => void;
}) {
  const { sessions } = list;
  const [selection, setSelection] = useState(NOTHING);
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
    if (filter === "" && fold === "") {
      return <FirstSession workspace={workspace} />;
    }
    const leftOut = list.folded?.sessions ?? 0;
    return leftOut > 0 ? (
      <Notice
        title="Everything that fits is folded"
        actions={<Button onClick={onUnfold}>Show what is folded</Button>}
      >
        <p>What fits are automated or single-turn sessions only.</p>
      </Notice>
    ) : (
      <Notice title="No session fits" actions={<Button onClick={onClear}>Clear the filter</Button>}>
        <p>Every term of the filter has to hold. Take one away, or look at a longer time.</p>
      </Notice>
    );
  }

  function select(id: string, isRange: boolean) {
    const order = sessions.map((session) => session.id);
    setSelection((before) => bounded(isRange ? extendTo(before, id, order) : toggle(before, id)));
  }

  return (
    <>
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
        selected={selection.ids}
        onSelect={select}
        at={asksFor(filter, "verdict", "wrong") ? "wrong" : undefined}
      />
      {selection.ids.size > 0 && (
        <BulkBar
          workspace={workspace}
          ids={selection.ids}
          onClear={() => setSelection(NOTHING)}
          onDone={() => {
            setSelection(NOTHING);
            void list.refetch();
          }}
        />
      )}
    </>
  );
}

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { isApiError, messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { search } from "@/api/search";
import type { SearchResults } from "@/api/types";
import { FilterBar } from "@/filter/FilterBar";
import { plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { Button } from "@/ui/Button";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { onSubmit } from "@/ui/on-submit";
import { PageTitle } from "@/ui/PageTitle";
import { SearchGroup } from "./SearchGroup";
import "./SearchPage.css";

const PAGE_SIZE = 20;
const MICROSECONDS = 1_000_000;

/** Full text over every session that the reader may read. */
export function SearchPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/search" });
  const { q = "", filter = "" } = useSearch({ from: "/signed-in/w/$workspace/search" });
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(q);
  const [draftOf, setDraftOf] = useState(q);
  if (draftOf !== q) {
    setDraftOf(q);
    setDraft(q);
  }
  useShortcuts({
    "search.box": () => {
      field.current?.focus();
      field.current?.select();
    },
  });

  const results = useInfiniteQuery({
    queryKey: queryKeys.search(workspace, q, filter),
    queryFn: ({ pageParam, signal }) =>
      search(workspace, { q, filter, limit: PAGE_SIZE, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: q.trim() !== "",
    placeholderData: keepPreviousData,
  });

  function show(changed: { q?: string; filter?: string }) {
    void navigate({
      to: "/w/$workspace/search",
      params: { workspace },
      search: (before) => ({ ...before, ...changed }),
    });
  }

  const wrong = isApiError(results.error, "invalid_request") ? messageOf(results.error) : undefined;
  const isOfFilter = /^the filter /i.test(wrong ?? "");

  return (
    <div className="page page-narrow search-page">
      <PageTitle>{q === "" ? `Search · ${workspace}` : `${q} · Search`}</PageTitle>
      <h1>Search</h1>
      <form className="search-form" onSubmit={onSubmit(() => show({ q: draft.trim() }))}>
        <label className="visually-hidden" htmlFor="search-field">
          Search all texts
        </label>
        <input
          ref={field}
          id="search-field"
          type="search"
          // biome-ignore lint/a11y/noAutofocus: the field is what the page is for
          autoFocus={q === ""}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={'Words, "a phrase", begin*, -not, prompt:word'}
          value={draft}
          aria-invalid={wrong !== undefined && !isOfFilter}
          aria-describedby="search-error"
          onChange={(event) => setDraft(event.target.value)}
        />
        <Button type="submit" look="primary">
          Search
        </Button>
        <p id="search-error" className="search-error" role="alert">
          {isOfFilter ? "" : wrong}
        </p>
      </form>
      <FilterBar
        workspace={workspace}
        filter={filter}
        error={isOfFilter ? wrong : undefined}
        onFilter={(changed) => show({ filter: changed })}
      />
      {q === "" ? (
        <HowTo />
      ) : results.isPending ? (
        <p className="search-state quiet" role="status">
          Searching …
        </p>
      ) : wrong !== undefined ? null : results.isError && !results.data ? (
        <ErrorNotice
          title="The search did not get through"
          error={results.error}
          onRetry={() => void results.refetch()}
        />
      ) : (
        <Found
          workspace={workspace}
          q={q}
          pages={results.data?.pages ?? []}
          isWaiting={results.isPlaceholderData}
          hasMore={results.hasNextPage}
          isLoadingMore={results.isFetchingNextPage}
          moreError={results.isFetchNextPageError ? results.error : undefined}
          onMore={() => void results.fetchNextPage()}
        />
      )}
    </div>
  );
}

function Found({
  workspace,
  q,
  pages,
  isWaiting,
  hasMore,
  isLoadingMore,
  moreError,
  onMore,
}: {
  workspace: string;
  q: string;
  pages: SearchResults[];
  isWaiting: boolean;
  hasMore: boolean;
  isLoadingMore: boolean;
  moreError: unknown;
  onMore: () => void;
}) {
  const groups = pages.flatMap((page) => page.groups);
  return (
    <div aria-busy={isWaiting} className="search-found">
      <Reach page={pages[0]} shown={groups.length} hasMore={hasMore} />
      {groups.length === 0 && !hasMore && (
        <Notice title="Nothing is found">
          <p>
            All of it has to stand in one step. Try fewer words, the beginning of one with <code>*</code>, or
            take a filter away.
          </p>
        </Notice>
      )}
      <ol className="search-groups">
        {groups.map((group) => (
          <SearchGroup key={group.session.id} workspace={workspace} q={q} group={group} />
        ))}
      </ol>
      <div className="search-end" aria-live="polite">
        {moreError !== undefined && (
          <ErrorNotice title="More could not be loaded" error={moreError} onRetry={onMore} />
        )}
        {hasMore && moreError === undefined && (
          <Button disabled={isLoadingMore} onClick={onMore}>
            {isLoadingMore ? "Searching …" : "Search further back"}
          </Button>
        )}
      </div>
    </div>
  );
}

/** How much was found, what is not searched yet, and what never is. */
function Reach({
  page,
  shown,
  hasMore,
}: {
  page: SearchResults | undefined;
  shown: number;
  hasMore: boolean;
}) {
  if (!page) {
    return null;
  }
  const { lag, not_indexed: left, filter_capped: isCapped } = page;
  const behind = lag.seconds === null ? "" : `, the oldest ${formatDuration(lag.seconds * MICROSECONDS)} old`;
  return (
    <div className="search-reach">
      <p role="status">{shown > 0 && `${plural(shown, "session")}${hasMore ? ", and further back" : ""}`}</p>
      {lag.records > 0 && (
        <p className="search-lag">
          {plural(lag.records, "record")} not searched yet{behind}
        </p>
      )}
      {isCapped && (
        <p className="search-lag">
          The words of the filter are in more than 10,000 sessions: the newest of them are searched.
        </p>
      )}
      {left.length > 0 && (
        <details className="search-left">
          <summary>What is not searched</summary>
          <ul>
            {left.map(({ what, count, why }) => (
              <li key={what}>
                {count !== null && `${plural(count, UNSEARCHED[what] ?? "place")}: `}
                {why}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

const UNSEARCHED: Record<string, string> = {
  long_texts: "text",
  images: "picture",
  content_off: "session",
  read_again: "session",
};

const EXAMPLES: [string, string][] = [
  ["quarterly churn", "both words, in one step"],
  ['"q2 churn"', "these words, one after the other"],
  ["renew*", "words that begin so"],
  ["churn -draft", "not with this word"],
  ["churn OR attrition", "either"],
  ["prompt:churn", "in what was asked; also answer, thinking, input, output, error, notice"],
];

function HowTo() {
  return (
    <section className="search-how" aria-label="How to search">
      <p className="quiet">Prompts, answers, and what tools were given and gave back.</p>
      <dl>
        {EXAMPLES.map(([example, says]) => (
          <div key={example}>
            <dt>
              <code>{example}</code>
            </dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { isApiError, messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import {
  closeQueue,
  fillQueue,
  ITEM_STATES,
  type ItemState,
  type PartOfItem,
  type Queue,
  type QueueItem,
  queueItemsQuery,
  queueQuery,
  reassignItem,
  revealItem,
} from "@/api/queues";
import { reviewersQuery } from "@/api/reviews";
import { formatCount, plural } from "@/format/count";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { useTitles } from "@/sessions/use-titles";
import { ConfirmDialog } from "@/settings/ConfirmDialog";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Choice, FormError } from "@/ui/Field";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { DueTime } from "../DueTime";
import { useReviewer } from "../use-reviews";
import { stateWords } from "../words";
import { AddDialog } from "./AddDialog";
import { AdjudicateDialog } from "./AdjudicateDialog";
import { QueueDialog } from "./QueueDialog";
import { ruleWords } from "./queue-words";
import { SessionLink } from "./SessionLink";
import "../queue.css";
import "./manage.css";

const ROUTE = "/signed-in/w/$workspace/reviewing/review/queues/$queue";

/** One queue: how it is filled, and its items by state. */
export function QueuePage() {
  const { workspace, queue: id } = useParams({ from: ROUTE });
  const queue = useQuery(queueQuery(workspace, id));
  if (queue.isError) {
    return (
      <ErrorNotice
        title={isApiError(queue.error, "not_found") ? "No such queue" : "The queue could not be fetched"}
        error={queue.error}
        onRetry={() => queue.refetch()}
      />
    );
  }
  return queue.data ? <Page workspace={workspace} queue={queue.data} /> : <Loading />;
}

function Page({ workspace, queue }: { workspace: string; queue: Queue }) {
  const queryClient = useQueryClient();
  const { mayManage, mayWrite } = useReviewer(workspace);
  const navigate = useNavigate();
  const asked = useSearch({ from: ROUTE }).state;
  const [first] = useState(() => firstState(queue));
  const state = asked ?? first;
  const setState = (chosen: ItemState) =>
    navigate({
      to: "/w/$workspace/review/queues/$queue",
      params: { workspace, queue: queue.id },
      search: { state: chosen },
      replace: true,
      resetScroll: false,
    });
  const [open, setOpen] = useState<"edit" | "add" | "close">();
  const refresh = () => queryClient.invalidateQueries({ queryKey: queryKeys.queues(workspace) });
  const fill = useMutation({ mutationFn: () => fillQueue(workspace, queue.id), onSuccess: refresh });
  const close = useMutation({
    mutationFn: () => closeQueue(workspace, queue.id),
    onSuccess: async () => {
      setOpen(undefined);
      await refresh();
    },
  });
  return (
    <section>
      <PageTitle>{visibleLine(queue.name, 80)}</PageTitle>
      <header className="settings-head">
        <h2>
          <VisibleLine text={queue.name} charactersMax={120} />
        </h2>
        <div className="form-actions">
          {mayWrite && queue.mine.available > 0 && !queue.closed && (
            <Link
              className="button button-primary"
              to="/w/$workspace/queue/$queue"
              params={{ workspace, queue: queue.id }}
            >
              Review, {plural(queue.mine.available, "item")}
            </Link>
          )}
          {mayManage && !queue.closed && (
            <>
              <Button onClick={() => setOpen("add")}>Add sessions</Button>
              {queue.rules !== null && queue.rules.length > 0 && (
                <Button disabled={fill.isPending} onClick={() => fill.mutate()}>
                  {fill.isPending ? "Running its rules …" : "Run its rules now"}
                </Button>
              )}
              <Button onClick={() => setOpen("edit")}>Change</Button>
              <Button look="danger" onClick={() => setOpen("close")}>
                Close
              </Button>
            </>
          )}
        </div>
      </header>
      <p className="quiet">
        {queue.closed && "Closed. "}
        {queue.kind === "calibration" && "Calibration: each scores alone, then all is revealed. "}
        {plural(queue.reviewers_per_item, "reviewer")} for each {queue.scope}
        {queue.blind && ", blind"}.{" "}
        {queue.rules === null
          ? ""
          : queue.rules.length === 0
            ? "Filled by hand."
            : `Filled by hand and with ${queue.rules.map((rule) => visibleLine(ruleWords(rule), 200)).join("; ")}.`}
      </p>
      <p role="status" className="form-done">
        {fill.data && `${plural(fill.data.added, "item")} added.`}
        {fill.data?.added === 0 &&
          queue.rules?.some(({ kind }) => kind === "random") &&
          " A random rule draws from a week a day after it ended."}
      </p>
      <FormError message={fill.error ? messageOf(fill.error) : undefined} />
      <div className="state-tabs">
        {ITEM_STATES.map((each) => (
          <button key={each} type="button" aria-pressed={each === state} onClick={() => setState(each)}>
            {stateWords(each, queue.kind)} <span className="count">{formatCount(queue.counts[each])}</span>
          </button>
        ))}
      </div>
      <Items key={state} workspace={workspace} queue={queue} state={state} mayManage={mayManage} />
      {open === "edit" && (
        <QueueDialog workspace={workspace} queue={queue} onClose={() => setOpen(undefined)} />
      )}
      {open === "add" && <AddDialog workspace={workspace} queue={queue} onClose={() => setOpen(undefined)} />}
      {open === "close" && (
        <ConfirmDialog
          title={`Close ${visibleLine(queue.name, 80)}`}
          action="Close the queue"
          keep="Keep it open"
          error={close.error}
          isPending={close.isPending}
          onConfirm={() => close.mutate()}
          onClose={() => setOpen(undefined)}
        >
          Nobody gets items of it any more, and its rules do not run. What was judged stays.
        </ConfirmDialog>
      )}
    </section>
  );
}

/** What there is to do in it comes first: disputes, then what is not done. */
const firstState = ({ counts }: Queue): ItemState =>
  counts.disputed > 0 ? "disputed" : (ITEM_STATES.find((each) => counts[each] > 0) ?? "needs_review");

function Items({
  workspace,
  queue,
  state,
  mayManage,
}: {
  workspace: string;
  queue: Queue;
  state: ItemState;
  mayManage: boolean;
}) {
  const items = useInfiniteQuery(queueItemsQuery(workspace, queue.id, state));
  const rows = items.data?.pages.flatMap((page) => page.items) ?? [];
  const titles = useTitles(
    workspace,
    rows.map(({ session }) => session),
  );
  const [acting, setActing] = useState<{ kind: "reassign" | "adjudicate"; item: QueueItem }>();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: queryKeys.queues(workspace) });
  const reveal = useMutation({
    mutationFn: (item: string) => revealItem(workspace, item),
    onSuccess: refresh,
  });
  if (items.isError && rows.length === 0) {
    return (
      <ErrorNotice
        title="The items could not be fetched"
        error={items.error}
        onRetry={() => items.refetch()}
      />
    );
  }
  if (items.isPending) {
    return <Loading />;
  }
  if (rows.length === 0) {
    return <p className="notice quiet">Nothing {stateWords(state, queue.kind)}.</p>;
  }
  return (
    <>
      <FormError message={reveal.error ? messageOf(reveal.error) : undefined} />
      <Table
        caption={`Items: ${stateWords(state, queue.kind)}`}
        heads={[
          { name: queue.scope === "turn" ? "Turn of session" : "Session" },
          { name: "Why it is here", wide: true },
          { name: "Judged by" },
          { name: "Due", wide: true },
          { name: "" },
        ]}
      >
        {rows.map((item) => (
          <tr key={item.id}>
            <th scope="row" className="manage-session">
              <SessionLink
                workspace={workspace}
                session={item.session}
                turn={item.turn}
                title={titles.get(item.session)}
              />
              <span className="table-note table-narrow">
                <Why item={item} />
              </span>
            </th>
            <td className="table-wide manage-name">
              <Why item={item} />
            </td>
            <td>
              <JudgedBy item={item} />
            </td>
            <td className="table-wide">
              {item.due_at !== null && state !== "complete" && <DueTime at={item.due_at} />}
            </td>
            <td className="table-action">
              {mayManage && state !== "complete" && (
                <Button onClick={() => setActing({ kind: "reassign", item })}>Reassign</Button>
              )}
              {mayManage && queue.kind === "calibration" && item.blind && (
                <Button disabled={reveal.isPending} onClick={() => reveal.mutate(item.id)}>
                  Reveal
                </Button>
              )}
              {mayManage && isToDecide(queue, item) && (
                <Button onClick={() => setActing({ kind: "adjudicate", item })}>Decide</Button>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {items.isFetchNextPageError ? (
        <ErrorNotice
          title="More items could not be fetched"
          error={items.error}
          onRetry={() => items.fetchNextPage()}
        />
      ) : (
        items.hasNextPage && (
          <p className="manage-more">
            <Button disabled={items.isFetchingNextPage} onClick={() => items.fetchNextPage()}>
              {items.isFetchingNextPage ? "Fetching …" : "Show more"}
            </Button>
            <span className="quiet" role="status">
              {formatCount(rows.length)} of {formatCount(queue.counts[state])}
            </span>
          </p>
        )
      )}
      {acting?.kind === "reassign" && (
        <ReassignDialog
          workspace={workspace}
          item={acting.item}
          onClose={() => setActing(undefined)}
          onDone={refresh}
        />
      )}
      {acting?.kind === "adjudicate" && (
        <AdjudicateDialog
          workspace={workspace}
          queue={queue}
          item={acting.item}
          onClose={() => setActing(undefined)}
          onDone={refresh}
        />
      )}
    </>
  );
}

/** A dispute; and what a calibration revealed, which a decision closes. */
const isToDecide = (queue: Queue, item: QueueItem) =>
  item.state === "disputed" || (queue.kind === "calibration" && !item.blind && item.decision === null);

/** Why it is in the queue, as far as that is told. */
function Why({ item: { reason } }: { item: QueueItem }) {
  return reason.kind === "hidden" ? (
    <span className="quiet">told once it is not blind</span>
  ) : (
    <VisibleLine text={reason.text} charactersMax={200} />
  );
}

/** How many judged it, and who, as far as that is told. */
function JudgedBy({ item }: { item: QueueItem }) {
  const { reviewers_done: done, reviewers_needed: needed, parts, spread, decision } = item;
  return (
    <>
      {done === null ? "hidden" : `${done} of ${needed}`}
      {spread !== null && ` · ${Math.round(spread)} % apart`}
      <span className="table-note">
        {parts.map((part, place) => (
          <span
            key={`${part.by.id} ${part.at}`}
            title={part.skip_reason === null ? undefined : visibleLine(part.skip_reason, 200)}
          >
            {place > 0 && ", "}
            <VisibleLine text={part.by.name} charactersMax={40} /> {partWords(part)}
          </span>
        ))}
        {decision && (
          <span>
            {parts.length > 0 && "; "}decided by <VisibleLine text={decision.by.name} charactersMax={40} />:{" "}
            {decision.verdict ?? (decision.percent === null ? "" : `${Math.round(decision.percent)} %`)}
          </span>
        )}
      </span>
    </>
  );
}

function partWords({ part, verdict, percent }: PartOfItem): string {
  if (part === "done") {
    return verdict ?? (percent === null ? "done" : `${Math.round(percent)} %`);
  }
  return { reserved: "has it", assigned: "is to", skipped: "left it", released: "gave it back" }[part];
}

function ReassignDialog({
  workspace,
  item,
  onClose,
  onDone,
}: {
  workspace: string;
  item: QueueItem;
  onClose: () => void;
  onDone: () => Promise<void>;
}) {
  const people = useQuery(reviewersQuery(workspace)).data?.items ?? [];
  const [to, setTo] = useState("");
  const reassign = useMutation({
    mutationFn: () => reassignItem(workspace, item.id, to),
    onSuccess: async () => {
      onClose();
      await onDone();
    },
  });
  return (
    <Dialog title="Reassign the item" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (to !== "") {
            reassign.mutate();
          }
        }}
      >
        <Choice
          label="To"
          value={to}
          options={[
            { value: "", name: "choose someone" },
            ...people.map(({ id, name }) => ({ value: id, name: visibleLine(name, 60) })),
          ]}
          onChange={setTo}
        />
        <FormError message={reassign.error ? messageOf(reassign.error) : undefined} />
        <div className="form-actions">
          <Button look="primary" type="submit" disabled={to === "" || reassign.isPending}>
            Reassign
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

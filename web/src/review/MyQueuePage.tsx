import { useQuery } from "@tanstack/react-query";
import { Link, useParams, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { type MyQueue, myQueueQuery, queueQuery } from "@/api/queues";
import { plural } from "@/format/count";
import { VisibleLine } from "@/replay/text/Visible";
import { Loading } from "@/ui/Loading";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { DueTime } from "./DueTime";
import { KeyOf } from "./JudgeBar";
import { QueueProgress } from "./QueueProgress";
import { useReviewer } from "./use-reviews";
import "./queue.css";

/** The queues that have something for the reader; Enter begins. */
export function MyQueuePage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace" });
  const { cleared } = useSearch({ strict: false });
  const { mayManage, mayWrite } = useReviewer(workspace);
  const mine = useQuery(myQueueQuery(workspace));
  const list = useRef<HTMLUListElement>(null);
  const queues = mine.data?.items;
  const open = queues?.filter((queue) => queue.mine.available > 0) ?? [];
  const done = queues?.filter((queue) => queue.mine.available === 0 && queue.mine.done > 0) ?? [];

  // Whoever comes here to work presses Enter.
  const first = open[0]?.queue;
  useEffect(() => {
    if (first !== undefined) {
      list.current?.querySelector<HTMLElement>("a")?.focus();
    }
  }, [first]);

  return (
    <>
      <PageTitle>My queue</PageTitle>
      {cleared !== undefined && <ClearedNote workspace={workspace} queue={cleared} />}
      {mine.isError ? (
        <ErrorNotice
          title="The queues could not be fetched"
          error={mine.error}
          onRetry={() => mine.refetch()}
        />
      ) : queues === undefined ? (
        <Loading />
      ) : open.length === 0 ? (
        <Notice title="Nothing waits for you">
          <p>
            {mayWrite
              ? "When a queue has a session or turn for you to judge, it is here. Any session can be judged without one, too."
              : "Your role reads judgements and gives none."}
          </p>
          {mayManage && (
            <p>
              <Link to="/w/$workspace/review/queues" params={{ workspace }}>
                Make or fill a queue
              </Link>
            </p>
          )}
        </Notice>
      ) : (
        <>
          <ul ref={list} className="queue-list">
            {open.map((queue) => (
              <li key={queue.queue}>
                <QueueEntry workspace={workspace} queue={queue} />
              </li>
            ))}
          </ul>
          <p className="queue-keys">
            <span>
              <kbd>Enter</kbd> begins
            </span>
            <span>
              <KeyOf command="judge.good" /> good
            </span>
            <span>
              <KeyOf command="judge.wrong" /> wrong, with a reason
            </span>
            <span>
              <KeyOf command="judge.send" /> completes and opens the next
            </span>
            <span>
              <KeyOf command="judge.skip" /> leaves one to others
            </span>
            <span>
              <KeyOf command="help" /> shows every key
            </span>
          </p>
        </>
      )}
      {done.length > 0 && (
        <p className="queue-keys">
          Done:{" "}
          {done.map(({ name, mine: { done: count } }) => `${name} (${plural(count, "item")})`).join(", ")}
        </p>
      )}
    </>
  );
}

function QueueEntry({
  workspace,
  queue: { queue, name, mine, items },
}: {
  workspace: string;
  queue: MyQueue;
}) {
  const held = items.find(({ reserved_until }) => reserved_until !== null);
  return (
    <Link to="/w/$workspace/queue/$queue" params={{ workspace, queue }} className="queue-entry">
      <span>
        <span className="queue-entry-name">
          <VisibleLine text={name} charactersMax={120} />
        </span>
        <span className="queue-entry-note">
          {held ? "goes on where you left it" : mine.open > 0 && `${plural(mine.open, "item")} given to you`}
        </span>
      </span>
      <QueueProgress done={mine.done} total={mine.available + mine.done} />
      {mine.due_at === null ? <span /> : <DueTime at={mine.due_at} />}
      <span className="queue-entry-start">{mine.done > 0 ? "Go on" : "Begin"}</span>
    </Link>
  );
}

function ClearedNote({ workspace, queue }: { workspace: string; queue: string }) {
  const { data } = useQuery(queueQuery(workspace, queue));
  return (
    <p className="queue-cleared" role="status">
      {data ? (
        <>
          <VisibleLine text={data.name} charactersMax={80} /> is clear: {plural(data.mine.done, "item")} of
          yours done.
          {data.counts.needs_review > 0 &&
            ` ${plural(data.counts.needs_review, "item")} still waiting for others.`}
        </>
      ) : (
        "The queue is clear."
      )}
    </p>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { type Queue, queuesQuery } from "@/api/queues";
import { formatCount } from "@/format/count";
import { VisibleLine } from "@/replay/text/Visible";
import { Button } from "@/ui/Button";
import { Loading } from "@/ui/Loading";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { QueueProgress } from "../QueueProgress";
import { useReviewer } from "../use-reviews";
import { QueueDialog } from "./QueueDialog";
import { totalOf } from "./queue-words";
import "../queue.css";
import "./manage.css";

/** All queues, how far they are, and a new one. */
export function QueuesPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace" });
  const { mayManage } = useReviewer(workspace);
  const queues = useQuery(queuesQuery(workspace));
  const [making, setMaking] = useState(false);
  const items = queues.data?.items;
  return (
    <section>
      <PageTitle>Queues</PageTitle>
      <header className="settings-head">
        <h2>Queues</h2>
        {mayManage && (
          <Button look="primary" onClick={() => setMaking(true)}>
            New queue
          </Button>
        )}
      </header>
      <p className="quiet">
        Sessions or turns that people are to judge. They come by hand, from a filter or by rule, each with the
        reason why.
      </p>
      {queues.isError ? (
        <ErrorNotice
          title="The queues could not be fetched"
          error={queues.error}
          onRetry={() => queues.refetch()}
        />
      ) : items === undefined ? (
        <Loading />
      ) : items.length === 0 ? (
        <Notice title="No queue yet">
          <p>
            {mayManage
              ? "A queue takes twenty sessions of each new skill version, two of a hundred at random, or what you put in, and hands them to reviewers one by one."
              : "An owner or admin makes them."}
          </p>
        </Notice>
      ) : (
        <Table
          caption="Queues"
          heads={[
            { name: "Name" },
            { name: "Done" },
            { name: "Disputed" },
            { name: "Reviewers each", wide: true },
            { name: "Judged by", wide: true },
          ]}
        >
          {items.map((queue) => (
            <Row key={queue.id} workspace={workspace} queue={queue} />
          ))}
        </Table>
      )}
      {making && <QueueDialog workspace={workspace} onClose={() => setMaking(false)} />}
    </section>
  );
}

function Row({ workspace, queue }: { workspace: string; queue: Queue }) {
  const { id, name, counts, reviewers_per_item, blind, rubric, closed, kind } = queue;
  return (
    <tr className={closed ? "table-gone" : undefined}>
      <th scope="row" className="manage-name">
        <Link to="/w/$workspace/review/queues/$queue" params={{ workspace, queue: id }}>
          <VisibleLine text={name} charactersMax={120} />
        </Link>
        <span className="table-note">
          {[closed && "closed", kind === "calibration" && "calibration"].filter(Boolean).join(", ")}
        </span>
      </th>
      <td>
        <QueueProgress done={counts.complete} total={totalOf(counts)} />
      </td>
      <td className={counts.disputed > 0 ? "is-denied" : "quiet"}>{formatCount(counts.disputed)}</td>
      <td className="table-wide">
        {reviewers_per_item}
        {blind && ", blind"}
      </td>
      <td className="table-wide">{rubric === null ? "verdict" : "scorecard"}</td>
    </tr>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { type Rubric, rubricsQuery } from "@/api/queues";
import { plural } from "@/format/count";
import { VisibleLine } from "@/replay/text/Visible";
import { Loading } from "@/ui/Loading";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { itemsOf } from "../scorecard";
import { useReviewer } from "../use-reviews";
import "./manage.css";

/** All rubrics, and a new one from nothing or from one that is there. */
export function RubricsPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace" });
  const { mayManage } = useReviewer(workspace);
  const rubrics = useQuery(rubricsQuery(workspace));
  const items = rubrics.data?.items;
  return (
    <section>
      <PageTitle>Rubrics</PageTitle>
      <header className="settings-head">
        <h2>Rubrics</h2>
        {mayManage && (
          <Link
            className="button button-primary"
            to="/w/$workspace/review/rubrics/$rubric"
            params={{ workspace, rubric: "new" }}
          >
            New rubric
          </Link>
        )}
      </header>
      <p className="quiet">
        What a session or turn is scored by. A change makes a new version; each score keeps the version that
        it was given with.
      </p>
      {rubrics.isError ? (
        <ErrorNotice
          title="The rubrics could not be fetched"
          error={rubrics.error}
          onRetry={() => rubrics.refetch()}
        />
      ) : items === undefined ? (
        <Loading />
      ) : items.length === 0 ? (
        <Notice title="No rubric yet">
          <p>
            {mayManage
              ? "A rubric says in words what good means here, so that two reviewers mean the same."
              : "An owner or admin makes them."}
          </p>
        </Notice>
      ) : (
        <Table
          caption="Rubrics"
          heads={[
            { name: "Name" },
            { name: "Scores" },
            { name: "Items", wide: true },
            { name: "To pass", wide: true },
            { name: "Version" },
            { name: "" },
          ]}
        >
          {items.map((rubric) => (
            <Row key={rubric.id} workspace={workspace} rubric={rubric} mayManage={mayManage} />
          ))}
        </Table>
      )}
    </section>
  );
}

function Row({ workspace, rubric, mayManage }: { workspace: string; rubric: Rubric; mayManage: boolean }) {
  const { id, name, description, scope, version, retired, starter, pass_percent } = rubric;
  return (
    <tr className={retired ? "table-gone" : undefined}>
      <th scope="row" className="manage-name">
        <Link to="/w/$workspace/review/rubrics/$rubric" params={{ workspace, rubric: id }}>
          <VisibleLine text={name} charactersMax={120} />
        </Link>
        <span className="table-note manage-note">
          {[retired && "retired", starter && "starter"].filter(Boolean).join(", ")}
          {(retired || starter) && description !== "" && ": "}
          <VisibleLine text={description} charactersMax={140} />
        </span>
      </th>
      <td>{scope === "turn" ? "turns" : "sessions"}</td>
      <td className="table-wide">{plural(itemsOf(rubric).length, "item")}</td>
      <td className="table-wide">{pass_percent} %</td>
      <td>{version}</td>
      <td className="table-action">
        {mayManage && (
          <Link
            to="/w/$workspace/review/rubrics/$rubric"
            params={{ workspace, rubric: "new" }}
            search={{ from: id }}
          >
            Copy
          </Link>
        )}
      </td>
    </tr>
  );
}

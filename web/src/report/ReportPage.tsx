import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api, dataOf } from "@/api/client";
import { reportPath } from "@/api/sharing";
import { save } from "@/share/save";
import { Button } from "@/ui/Button";
import { Choice, Field } from "@/ui/Field";
import { PageTitle } from "@/ui/PageTitle";
import { dayAfter, thisMonth } from "./report-search";
import "./report.css";

/** What was used in a project in a period, and what of it was reviewed: to look at, to print, to hand over. */
export function ReportPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/report" });
  const search = useSearch({ from: "/signed-in/w/$workspace/report" });
  const navigate = useNavigate();
  const [month] = useState(() => thisMonth(new Date()));
  const [project, setProject] = useState(search.project ?? "");
  const [from, setFrom] = useState(search.from ?? month.from);
  const [to, setTo] = useState(search.to ?? month.to);
  const projects = useQuery({
    queryKey: ["workspace", workspace, "projects"],
    queryFn: ({ signal }) =>
      dataOf(api.GET("/api/v1/workspaces/{workspace}/projects", { params: { path: { workspace } }, signal })),
  });
  const names = projects.data?.items.map(({ name }) => name) ?? [];
  const known = project === "" || names.includes(project) ? names : [project, ...names];
  const isBackwards = from !== "" && to !== "" && from > to;

  // What is shown is what the address says.
  const shown =
    search.from !== undefined && search.to !== undefined
      ? { project: search.project ?? "", from: search.from, to: dayAfter(search.to) }
      : undefined;

  function show(event: FormEvent) {
    event.preventDefault();
    if (!isBackwards) {
      void navigate({
        to: "/w/$workspace/report",
        params: { workspace },
        search: { from, to, ...(project === "" ? {} : { project }) },
      });
    }
  }

  return (
    <div className="page report-page">
      <PageTitle>{`Report · ${workspace}`}</PageTitle>
      <h1>Report</h1>
      <p className="quiet">
        What was used in a period, what of it was reviewed, and what came of it. Making one is noted, as every
        export.
      </p>
      <form className="report-pickers" onSubmit={show}>
        <Choice
          label="Project"
          value={project}
          options={[
            { value: "", name: "All that you may read" },
            ...known.map((name) => ({ value: name, name })),
          ]}
          onChange={setProject}
        />
        <Field
          label="First day"
          type="date"
          required
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
        <Field
          label="Last day"
          type="date"
          required
          value={to}
          error={isBackwards ? "Before the first day." : undefined}
          onChange={(event) => setTo(event.target.value)}
        />
        <div className="report-actions">
          <Button look="primary" type="submit">
            Show
          </Button>
          {shown && (
            <>
              <a
                className="button button-plain"
                href={reportPath(workspace, shown)}
                target="_blank"
                rel="noopener noreferrer"
              >
                Open to print
              </a>
              <Button onClick={() => save(reportPath(workspace, shown, true))}>Download</Button>
            </>
          )}
        </div>
      </form>
      {shown ? (
        <iframe
          className="report-frame"
          title="The report"
          sandbox="allow-popups allow-popups-to-escape-sandbox"
          referrerPolicy="no-referrer"
          src={reportPath(workspace, shown)}
        />
      ) : (
        <p className="report-none">Choose a period, then Show.</p>
      )}
    </div>
  );
}

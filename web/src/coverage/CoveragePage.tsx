import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { getCoverage } from "@/api/inventory";
import { queryKeys } from "@/api/keys";
import type { CoverageMachine, CoverageSums, WorkspaceCoverage } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { Visible } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Loading } from "@/ui/Loading";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { SOURCES, Witnesses } from "@/ui/Witnesses";
import { GradeName } from "./GradeMark";
import { GRADES, lossWords } from "./words";
import "./coverage.css";

export function CoveragePage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/coverage" });
  const coverage = useQuery({
    queryKey: queryKeys.coverage(workspace),
    queryFn: ({ signal }) => getCoverage(workspace, signal),
  });
  const { data } = coverage;

  return (
    <div className="page page-narrow">
      <PageTitle>{`Coverage · ${workspace}`}</PageTitle>
      <h1>Coverage</h1>
      <p className="quiet">Which witnesses saw the sessions, and what is known to be missing.</p>
      {coverage.isError && !data && (
        <ErrorNotice
          title="The coverage could not be loaded"
          error={coverage.error}
          onRetry={() => void coverage.refetch()}
        />
      )}
      {coverage.isPending && <Loading />}
      {data && data.sessions === 0 && data.machines.length === 0 && (
        <Notice title="Nothing to tell of yet">
          <p>Once sessions come in, this page says how much of them was seen.</p>
        </Notice>
      )}
      {data && (data.sessions > 0 || data.machines.length > 0) && (
        <>
          <Missing sums={data} />
          <div className="coverage-parts">
            <Grades workspace={workspace} sums={data} />
            <BySources sums={data} />
          </div>
          <Machines coverage={data} />
        </>
      )}
    </div>
  );
}

/** What is known to be missing, in figures. */
function Missing({ sums }: { sums: CoverageSums }) {
  return (
    <dl className="coverage-sums">
      <Sum name={sums.sessions === 1 ? "session" : "sessions"} count={sums.sessions} />
      <Sum name="items lost by capture clients" count={sums.lost} />
      <Sum name="sessions of telemetry, without a transcript" count={sums.without_transcript} />
      <Sum
        name={
          sums.sessions_with_gaps > 0
            ? `events of telemetry missing, in ${plural(sums.sessions_with_gaps, "session")}`
            : "events of telemetry missing"
        }
        count={sums.events_missing}
      />
      <Sum name="sessions whose hooks went quiet" count={sums.quiet_hooks} />
    </dl>
  );
}

function Sum({ name, count }: { name: string; count: number }) {
  return (
    <div className="coverage-sum">
      <dt>{name}</dt>
      <dd>{formatCount(count)}</dd>
    </div>
  );
}

function Grades({ workspace, sums }: { workspace: string; sums: CoverageSums }) {
  return (
    <section className="coverage-part">
      <h2>By grade</h2>
      <Table caption="Sessions by grade" heads={[{ name: "Grade" }, { name: "Sessions" }]}>
        {sums.by_grade.map(({ grade, sessions }) => (
          <tr key={grade}>
            <th scope="row" className="coverage-grade">
              <GradeName grade={grade} />
              <span className="table-note">{GRADES[grade].says}</span>
            </th>
            <td className="mono">
              {sessions === 0 ? (
                "0"
              ) : (
                <Link
                  to="/w/$workspace/sessions"
                  params={{ workspace }}
                  search={{ filter: `coverage:${grade}` }}
                  aria-label={`${plural(sessions, "session")} of the grade ${GRADES[grade].name}`}
                >
                  {formatCount(sessions)}
                </Link>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function BySources({ sums }: { sums: CoverageSums }) {
  return (
    <section className="coverage-part">
      <h2>By witnesses</h2>
      <Table caption="Sessions by witnesses" heads={[{ name: "Witnesses" }, { name: "Sessions" }]}>
        {sums.by_sources.map(({ sources, sessions }) => (
          <tr key={sources.join(" ")}>
            <th scope="row" className="coverage-grade">
              <Witnesses sources={sources} />
              <span className="table-note">{sources.map((source) => SOURCES[source].name).join(", ")}</span>
            </th>
            <td className="mono">{formatCount(sessions)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

const HEADS = [
  { name: "Machine" },
  { name: "Capture client", wide: true },
  { name: "Claude Code", wide: true },
  { name: "Last seen" },
  { name: "Sessions" },
  { name: "Lost" },
  { name: "Quiet hooks", wide: true },
];

function Machines({ coverage }: { coverage: WorkspaceCoverage }) {
  const { machines } = coverage;
  return (
    <section className="coverage-machines">
      <h2>Machines</h2>
      {machines.length === 0 ? (
        <p className="quiet">No machine with a capture client is known to you.</p>
      ) : (
        <Table caption="Machines" heads={HEADS}>
          {machines.map((machine) => (
            <MachineRow key={machine.id} machine={machine} />
          ))}
        </Table>
      )}
    </section>
  );
}

const ID_SHOWN = 8;

function MachineRow({ machine }: { machine: CoverageMachine }) {
  const { id, name, device, client_versions, last_seen_at, by_grade, sessions, quiet_hooks } = machine;
  const elsewhere = machine.lost_elsewhere.reduce((sum, { count }) => sum + count, 0);
  const lost = machine.lost + elsewhere;
  return (
    <tr>
      <th scope="row">
        {name === null ? (
          <span className="mono">{id.slice(0, ID_SHOWN)}</span>
        ) : (
          <Visible text={visibleLine(name, 60)} />
        )}
        <span className="table-note" title={id}>
          {device?.person
            ? visibleLine(device.person, 80)
            : name === null
              ? "unnamed"
              : id.slice(0, ID_SHOWN)}
        </span>
      </th>
      <td className="table-wide">
        {device === null ? (
          <Unknown why="It sent records, and never asked what holds for it" />
        ) : (
          <>
            {visibleLine(device.client_version, 40)}
            <span className="table-note">{visibleLine(`${device.os} ${device.arch}`, 40)}</span>
          </>
        )}
      </td>
      <td className="table-wide">
        {client_versions.length === 0 ? (
          <Unknown />
        ) : (
          client_versions.map(({ version, sessions: count }) => (
            <span key={version} className="coverage-version" title={plural(count, "session")}>
              {visibleLine(version, 40)}
            </span>
          ))
        )}
      </td>
      <td>{last_seen_at === null ? <Unknown /> : <Time at={last_seen_at} />}</td>
      <td>
        {formatCount(sessions)}
        <span className="table-note coverage-grades">
          {by_grade
            .filter((of) => of.sessions > 0)
            .map((of) => (
              <span key={of.grade}>
                {formatCount(of.sessions)} <GradeName grade={of.grade} />
              </span>
            ))}
        </span>
      </td>
      <td
        className={lost > 0 ? "mono coverage-lost" : "mono"}
        title={machine.lost_elsewhere.map(lossWords).join("; ") || undefined}
      >
        {formatCount(lost)}
      </td>
      <td className="mono table-wide">{formatCount(quiet_hooks)}</td>
    </tr>
  );
}

export function Unknown({ why }: { why?: string }): ReactNode {
  return (
    <span className="quiet" title={why}>
      unknown
    </span>
  );
}

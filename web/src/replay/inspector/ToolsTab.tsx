import { useQuery } from "@tanstack/react-query";
import type { SessionHead, SessionUses } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { usesQuery } from "../panels-data";
import { useReplay } from "../replay-context";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { Fact, Facts } from "./Facts";
import { nextUse } from "./next-use";
import { PanelWaiting } from "./PanelWaiting";

/** The tools that were called; each leads to its next call. */
export function ToolsTab({
  head,
  from,
  onStep,
}: {
  head: SessionHead;
  from: number | undefined;
  onStep: (index: number) => void;
}) {
  const { workspace, session } = useReplay();
  const uses = useQuery(usesQuery(workspace, session));
  if (!uses.data) {
    return <PanelWaiting what="The tools" query={uses} />;
  }
  const { tools } = uses.data;
  const calls = tools.reduce((sum, tool) => sum + tool.calls, 0);
  return (
    <>
      <header className="panel-head">
        <h2>Tools</h2>
        <p className="quiet">
          {tools.length === 0
            ? "No tool was called."
            : `${plural(calls, "call")} of ${plural(tools.length, "tool")}. A press leads to the next call.`}
        </p>
      </header>
      {tools.length > 0 && (
        <table className="uses">
          <caption className="visually-hidden">Tools</caption>
          <thead>
            <tr>
              <th scope="col">Tool</th>
              <th scope="col">Calls</th>
              <th scope="col">Errors</th>
              <th scope="col">Denied</th>
              <th scope="col">Time</th>
            </tr>
          </thead>
          <tbody>
            {tools.map((tool) => (
              <Row key={tool.name} tool={tool} from={from} onStep={onStep} />
            ))}
          </tbody>
        </table>
      )}
      {head.mcp_servers.length > 0 && (
        <Facts title="MCP servers">
          {head.mcp_servers.map((server) => (
            <Fact key={server.name} name={visibleLine(server.name, 80)}>
              {plural(server.calls, "call")}
              <span className="quiet">
                {" "}
                {visibleLine([server.transport, server.scope].filter(Boolean).join(", "), 80)}
              </span>
            </Fact>
          ))}
        </Facts>
      )}
    </>
  );
}

function Row({
  tool,
  from,
  onStep,
}: {
  tool: SessionUses["tools"][number];
  from: number | undefined;
  onStep: (index: number) => void;
}) {
  const { name, calls, errors, denied, duration_us, timed, steps } = tool;
  const next = nextUse(steps, from);
  const isHere = from !== undefined && steps.includes(from);
  return (
    <tr className={isHere ? "uses-here" : undefined}>
      <th scope="row">
        <button
          type="button"
          disabled={next === undefined}
          onClick={() => next !== undefined && onStep(next)}
        >
          {name === null ? (
            <span className="quiet">name not told</span>
          ) : (
            <Visible text={visibleLine(name, 120)} />
          )}
        </button>
      </th>
      <td>{formatCount(calls)}</td>
      <td className={errors > 0 ? "is-error" : "uses-none"}>{errors > 0 ? formatCount(errors) : "·"}</td>
      <td className={denied > 0 ? "is-denied" : "uses-none"}>{denied > 0 ? formatCount(denied) : "·"}</td>
      <td
        title={
          duration_us === null
            ? "No source told how long they took"
            : timed < calls
              ? `Of ${formatCount(timed)} of ${formatCount(calls)} calls: of the others no source tells`
              : undefined
        }
      >
        {duration_us === null ? "–" : `${timed < calls ? "≥ " : ""}${formatDuration(duration_us)}`}
      </td>
    </tr>
  );
}

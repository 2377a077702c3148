import { Link } from "@tanstack/react-router";
import { plural } from "@/format/count";
import { formatCost } from "@/format/money";
import { useReplay } from "../replay-context";
import { visibleLine } from "../text/visible";
import "./outline.css";

/** On a sub-agent's page: the way back, and the other sub-agents. */
export function AgentOutline() {
  const { workspace, session, agents, agent } = useReplay();
  return (
    <nav className="outline" aria-label="Sub-agents">
      <Link className="outline-back" to="/w/$workspace/sessions/$session" params={{ workspace, session }}>
        ← The whole session
      </Link>
      <ol>
        {[...agents.values()].map((run) => (
          <li key={run.id}>
            <Link
              to="/w/$workspace/sessions/$session/agents/$agent"
              params={{ workspace, session, agent: run.id }}
              className={`outline-turn ${run.id === agent ? "outline-turn-current" : ""}`}
              aria-current={run.id === agent ? "true" : undefined}
            >
              <span className="outline-number">↳</span>
              <span className="outline-words">{visibleLine(run.type ?? run.id, 80)}</span>
              <span className="outline-facts">
                {run.totals.errors > 0 && (
                  <span className="is-error">{plural(run.totals.errors, "error")}</span>
                )}
                <span>{formatCost(run.totals).text}</span>
                <span>{plural(run.totals.steps, "step")}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

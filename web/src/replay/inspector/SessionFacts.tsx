import { Link } from "@tanstack/react-router";
import type { SessionHead } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { durationBetween, formatDuration } from "@/format/duration";
import { formatCost } from "@/format/money";
import { formatExact } from "@/format/time";
import { STATES } from "@/inventory/words";
import { SOURCES } from "@/ui/Witnesses";
import { remarksOf, unattributedWords } from "../header/remarks";
import { useReplay } from "../replay-context";
import { visibleLine } from "../text/visible";
import { CoverageFacts } from "./CoverageFacts";
import { Fact, Facts, Id } from "./Facts";

const HASH_SHOWN = 12;

/** Everything that is known of the session as a whole. */
export function SessionFacts({ head }: { head: SessionHead }) {
  const { totals, client } = head;
  const cost = formatCost(totals);
  const took = durationBetween(head.started_at, head.ended_at);
  const tokens = (count: number | null) => count !== null && formatCount(count);
  return (
    <>
      <header className="inspector-head">
        <h2>Session</h2>
        <p className="quiet">Choose a step to see what is known of it.</p>
        {remarksOf(head).map((remark) => (
          <p key={remark} className="inspector-remark">
            {remark}
          </p>
        ))}
      </header>
      <Facts title="Details">
        <Fact name="Started">{head.started_at !== null && formatExact(head.started_at)}</Fact>
        <Fact name="Last seen">{head.ended_at !== null && formatExact(head.ended_at)}</Fact>
        <Fact name="Lasted">{took !== null && formatDuration(took)}</Fact>
        <Fact name="Ended by">
          {head.end_reason !== null && <code>{visibleLine(head.end_reason, 80)}</code>}
        </Fact>
        <Fact name="Project">{head.projects.map((project) => visibleLine(project, 80)).join(", ")}</Fact>
        <Fact name="Folder">{head.cwd !== null && <code>{visibleLine(head.cwd)}</code>}</Fact>
        <Fact name="Branch">
          {head.git_branch !== null && <code>{visibleLine(head.git_branch, 120)}</code>}
        </Fact>
        <Fact name="User">
          {visibleLine(head.user.email ?? head.user.id ?? "unknown", 120)}
          {head.user.from === "claim" && <span className="quiet"> as the client claims</span>}
        </Fact>
        <Fact name="Client">{visibleLine([client.name, client.version].filter(Boolean).join(" "), 80)}</Fact>
        <Fact name={head.models.length === 1 ? "Model" : "Models"}>
          {head.models.map((model) => visibleLine(model, 80)).join(", ")}
        </Fact>
        <Fact name="Id">
          <Id id={head.id} />
        </Fact>
      </Facts>
      <Facts title="Totals">
        <Fact name="Cost" why={cost.why}>
          {cost.text}
        </Fact>
        <Fact
          name="Client's own total"
          why="What the client counted itself, against the requests that were seen"
        >
          {unattributedWords(totals.unattributed_nanousd)}
        </Fact>
        <Fact name="Turns">{formatCount(totals.turns)}</Fact>
        <Fact name="Steps">{formatCount(totals.steps)}</Fact>
        <Fact name="Tool calls">{formatCount(totals.tool_calls)}</Fact>
        <Fact name="Errors">{formatCount(totals.errors)}</Fact>
        <Fact name="Tokens in">{tokens(totals.input_tokens)}</Fact>
        <Fact name="From cache">{tokens(totals.cache_read_tokens)}</Fact>
        <Fact name="Into cache">{tokens(totals.cache_creation_tokens)}</Fact>
        <Fact name="Tokens out">{tokens(totals.output_tokens)}</Fact>
      </Facts>
      <RedactionFacts head={head} />
      <CoverageFacts coverage={head.coverage} />
      <section className="facts">
        <h3 className="facts-title">Sources</h3>
        <ul className="witness-list">
          {head.sources.map((source) => (
            <li key={source}>
              <span className="witness-letter">{SOURCES[source].letter}</span>
              {SOURCES[source].name}
            </li>
          ))}
        </ul>
      </section>
      {head.skills.length > 0 && (
        <Facts title="Skills">
          {head.skills.map((skill) => (
            <Fact key={`${skill.name} ${skill.hash}`} name={visibleLine(skill.name, 80)}>
              {skill.label !== null && `${visibleLine(skill.label, 60)} `}
              {skill.hash !== null && (
                <span
                  title={
                    skill.hash_of === "tree" ? "Hash of the skill's folder" : "Hash of the injected text"
                  }
                >
                  {skill.hash_of === "tree" ? "folder" : "text"}{" "}
                  <code>{visibleLine(skill.hash.slice(0, HASH_SHOWN))}</code>
                </span>
              )}
              {skill.state !== null && (
                <span
                  className={skill.state === "changed" ? "is-denied" : "quiet"}
                  title={STATES[skill.state].says}
                >
                  {" "}
                  {STATES[skill.state].name}
                </span>
              )}
            </Fact>
          ))}
        </Facts>
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
      <AgentFacts head={head} />
    </>
  );
}

/** What was replaced in its records, and what was dropped for want of it. */
function RedactionFacts({ head }: { head: SessionHead }) {
  const { ruleTitles } = useReplay();
  const kinds = Object.entries(head.redactions);
  if (kinds.length === 0 && head.dropped === 0) {
    return null;
  }
  return (
    <Facts title="Redacted">
      {kinds.map(([kind, count]) => (
        <Fact key={kind} name={visibleLine(ruleTitles.get(kind) ?? kind, 60)} why={visibleLine(kind, 40)}>
          {formatCount(count)}
        </Fact>
      ))}
      <Fact name="Dropped" why="Content that could not be redacted is not kept; its metadata is">
        {head.dropped > 0 && `content of ${plural(head.dropped, "record")}; metadata kept`}
      </Fact>
    </Facts>
  );
}

function AgentFacts({ head }: { head: SessionHead }) {
  const { workspace, session } = useReplay();
  if (head.agents.length === 0) {
    return null;
  }
  return (
    <Facts title="Sub-agents">
      {head.agents.map((run) => (
        <Fact key={run.id} name={visibleLine(run.type ?? "sub-agent", 60)}>
          <Link
            to="/w/$workspace/sessions/$session/agents/$agent"
            params={{ workspace, session, agent: run.id }}
          >
            {plural(run.totals.steps, "step")}
          </Link>
          <span className="quiet"> {formatCost(run.totals).text}</span>
        </Fact>
      ))}
    </Facts>
  );
}

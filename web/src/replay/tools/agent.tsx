import { Link } from "@tanstack/react-router";
import { formatShort, plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { formatCost } from "@/format/money";
import { useFold } from "../folds";
import { useReplay } from "../replay-context";
import { LongText } from "../text/LongText";
import { Markdown } from "../text/Markdown";
import { Visible } from "../text/Visible";
import { outputText } from "./output";
import { member, numberOf, textOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

export const agent: ToolView = {
  names: ["Agent", "Task"],
  inWords: true,
  summary: ({ input }) => textOf(input, "description"),
  aside: ({ input, result }) => textOf(result, "agentType") ?? textOf(input, "subagent_type"),
  Body: AgentBody,
};

/** Whether a sub-agent's steps stand open in the transcript. */
export const agentFold = (agentId: string) => `agent:${agentId}`;

function AgentBody(props: ToolBodyProps) {
  const { step, tool, open, onOpen } = props;
  const prompt = textOf(tool.input, "prompt") ?? textOf(tool.result, "prompt");
  const agentId = step.started_agent_id ?? textOf(tool.result, "agentId");
  // The client wraps the report in words for the model; its structured result has the report alone.
  const started = textOf(tool.result, "status") === "async_launched";
  const report = outputText(member(tool.result, "content") ?? null) ?? outputText(tool.output);
  return (
    <div className="sub-agent">
      {prompt !== undefined && (
        <div className="tool-asked">
          <LongText text={prompt} step={step.id} field="input" open={open} onOpen={onOpen} />
        </div>
      )}
      {agentId !== undefined && <SubAgent id={agentId} result={tool.result} />}
      {started && <p className="tool-remark">Started in the background; its report comes later.</p>}
      {report !== undefined && !started && !tool.is_error && (
        <div className="sub-agent-report">
          {open || report.length < 1_200 ? (
            <Markdown text={report} />
          ) : (
            <LongText text={report} step={step.id} field="output" open={open} onOpen={onOpen} />
          )}
        </div>
      )}
    </div>
  );
}

function SubAgent({ id, result }: { id: string; result: ToolBodyProps["tool"]["result"] }) {
  const { workspace, session, agents, folds } = useReplay();
  const run = agents.get(id);
  const [open, setOpen] = useFold(folds, agentFold(id), false);
  const us = (numberOf(result, "totalDurationMs") ?? 0) * 1000;
  const model = textOf(result, "resolvedModel");
  return (
    <p className="sub-agent-facts">
      {run && (
        <>
          <span>{plural(run.totals.steps, "step")}</span>
          <span>{plural(run.totals.tool_calls, "call")}</span>
          <span title={formatCost(run.totals).why}>{formatCost(run.totals).text}</span>
          {run.totals.output_tokens !== null && (
            <span>{formatShort(run.totals.output_tokens)} tokens out</span>
          )}
          {run.totals.errors > 0 && <span className="is-error">{plural(run.totals.errors, "error")}</span>}
        </>
      )}
      {us > 0 && <span>{formatDuration(us)}</span>}
      {model !== undefined && (
        <span>
          <Visible text={model.slice(0, 60)} />
        </span>
      )}
      {run && (
        <>
          <button
            type="button"
            className="long-text-more"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? "Fold its steps" : "Open its steps here"}
          </button>
          <Link to="/w/$workspace/sessions/$session/agents/$agent" params={{ workspace, session, agent: id }}>
            On its own page
          </Link>
        </>
      )}
    </p>
  );
}

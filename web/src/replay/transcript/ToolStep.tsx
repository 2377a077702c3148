import { useQuery } from "@tanstack/react-query";
import { messageOf } from "@/api/error";
import type { Step, Tool } from "@/api/types";
import { formatBytes } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { Skeleton } from "@/ui/Skeleton";
import { beginningQuery } from "../data";
import { useReplay } from "../replay-context";
import { LongText } from "../text/LongText";
import { unmarked } from "../text/redactions";
import { Visible, VisibleLine } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { toolTitle, viewOf } from "../tools/choose";
import { NotCaptured } from "../tools/Output";
import { failureOf, payloadState } from "../tools/output";
import type { ToolView } from "../tools/tool-view";
import { decisionWords } from "../wording";
import { useWholeTool } from "./use-whole-tool";
import "../tools/tools.css";

export interface StepProps {
  step: Step;
  open: boolean;
  onOpen: (open: boolean) => void;
}

const SUMMARY_MAX = 240;

export function ToolStep({ step, open, onOpen }: StepProps) {
  return step.tool ? <Call step={step} listed={step.tool} open={open} onOpen={onOpen} /> : null;
}

function Call({ step, listed, open, onOpen }: StepProps & { listed: Tool }) {
  const view = viewOf(listed);
  const { tool, waiting } = useWholeTool(step, listed, view, open);
  const denied = tool.decision === "reject";
  return (
    <div className={`tool ${denied ? "tool-denied" : tool.is_error ? "tool-failed" : ""}`}>
      <CallHead step={step} tool={tool} view={view} />
      {denied && <p className="tool-decision">{decisionWords(tool)}</p>}
      {waiting ? (
        <div className="tool-waiting">
          <Skeleton width="60%" />
        </div>
      ) : (
        <>
          {payloadState(tool, "input") === "not_captured" && (
            <NotCaptured tool={tool} field="input" label="Input" />
          )}
          <view.Body step={step} tool={tool} open={open} onOpen={onOpen} />
          <TooLarge step={step} tool={tool} open={open} onOpen={onOpen} />
        </>
      )}
      {tool.is_error && <Failure step={step} tool={tool} denied={denied} open={open} onOpen={onOpen} />}
      {!tool.is_error && payloadState(tool, "output") === "not_captured" && (
        <NotCaptured tool={tool} field="output" label="Output" />
      )}
    </div>
  );
}

export function CallHead({ step, tool, view }: { step: Step; tool: Tool; view: ToolView }) {
  const { name, server } = toolTitle(tool);
  const summary = view.summary(tool);
  const aside = view.aside?.(tool);
  return (
    <header className="tool-head">
      <span className="tool-name">
        <Visible text={name.slice(0, 80)} />
      </span>
      {server !== undefined && (
        <span className="tool-server">
          <Visible text={server.slice(0, 80)} />
        </span>
      )}
      {summary && (
        <span className={view.inWords ? "tool-summary tool-words" : "tool-summary"}>
          <VisibleLine text={summary} charactersMax={SUMMARY_MAX} />
        </span>
      )}
      {aside && (
        <span className="tool-aside">
          {typeof aside === "string" ? visibleLine(aside, SUMMARY_MAX) : aside}
        </span>
      )}
      {step.duration_us !== null && <span className="tool-duration">{formatDuration(step.duration_us)}</span>}
    </header>
  );
}

function Failure({ step, tool, denied, open, onOpen }: StepProps & { tool: Tool; denied: boolean }) {
  const { exitCode, text } = failureOf(tool);
  const told = tool.error ?? tool.output;
  return (
    <div className={denied ? "tool-refusal" : "tool-error"}>
      {exitCode !== undefined && <span className="tool-exit">exit code {exitCode}</span>}
      {text !== "" && (
        <LongText
          text={text}
          bytes={typeof told === "string" && tool.error !== null ? cutBytes(tool, told, text) : undefined}
          step={step.id}
          field="error"
          open={open}
          onOpen={onOpen}
          terminal
        />
      )}
    </div>
  );
}

/** The size of the error without what was taken off its beginning. */
function cutBytes(tool: Tool, told: string, text: string): number | undefined {
  return tool.error_bytes === undefined
    ? undefined
    : tool.error_bytes - (unmarked(told).length - unmarked(text).length);
}

/** What is too large even for the step on its own: its beginning and end, the rest piece by piece. */
function TooLarge({ step, tool, open, onOpen }: StepProps & { tool: Tool }) {
  const fields = (["input", "output"] as const).filter((field) => payloadState(tool, field) === "elsewhere");
  return fields.map((field) => (
    <div key={field} className="tool-output">
      {field === "input" && <span className="tool-label">Input</span>}
      <FarText step={step} field={field} bytes={tool[`${field}_bytes`] ?? 0} open={open} onOpen={onOpen} />
    </div>
  ));
}

function FarText({
  step,
  field,
  bytes,
  open,
  onOpen,
}: StepProps & { field: "input" | "output"; bytes: number }) {
  const { workspace, session } = useReplay();
  const beginning = useQuery(beginningQuery(workspace, session, step.id, field));
  if (!beginning.data) {
    return beginning.isError ? (
      <p className="tool-remark">
        {formatBytes(bytes)}, not fetched: {messageOf(beginning.error)}
      </p>
    ) : (
      <div className="tool-waiting">
        <Skeleton width="60%" />
      </div>
    );
  }
  const { text, bytes_total } = beginning.data;
  return (
    <LongText
      text={text}
      bytes={bytes_total}
      step={step.id}
      field={field}
      open={open}
      onOpen={onOpen}
      terminal
    />
  );
}

import type { Tool } from "@/api/types";
import { LongText } from "../text/LongText";
import { Output } from "./Output";
import { member, numberOf, textOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

/** Tools that look after what runs in the background: reading its output, stopping it, watching it. */
export const background: ToolView = {
  names: ["BashOutput", "TaskOutput", "KillShell", "KillBash", "TaskStop", "Monitor"],
  summary: ({ input, result }) =>
    [
      textOf(input, "bash_id") ??
        textOf(input, "task_id") ??
        textOf(input, "shell_id") ??
        textOf(result, "taskId"),
      textOf(result, "command") ??
        textOf(member(result, "task"), "description") ??
        textOf(input, "description"),
    ]
      .filter(Boolean)
      .join(" · "),
  aside: stateOf,
  Body: BackgroundBody,
};

function stateOf({ result }: Tool): string | undefined {
  const task = member(result, "task");
  const status = textOf(result, "status") ?? textOf(task, "status") ?? textOf(result, "retrieval_status");
  const exit = numberOf(result, "exitCode") ?? numberOf(task, "exitCode");
  return exit === undefined ? status?.slice(0, 40) : `exit code ${exit}`;
}

function BackgroundBody(props: ToolBodyProps) {
  const { step, tool, open, onOpen } = props;
  const text = textOf(member(tool.result, "task"), "output") ?? textOf(tool.result, "stdout");
  const stderr = textOf(tool.result, "stderr");
  const command = textOf(tool.input, "command");
  if (tool.is_error) {
    return null;
  }
  return (
    <>
      {command !== undefined && (
        <div className="tool-command">
          <LongText text={command} step={step.id} field="input" open={open} onOpen={onOpen} />
        </div>
      )}
      {text === undefined ? (
        <Output {...props} />
      ) : (
        text !== "" && (
          <div className="tool-output">
            <LongText text={text} step={step.id} field="result" open={open} onOpen={onOpen} terminal />
          </div>
        )
      )}
      {stderr && (
        <div className="tool-output tool-stderr">
          <span className="tool-label">stderr</span>
          <LongText text={stderr} step={step.id} field="result" open={open} onOpen={onOpen} terminal />
        </div>
      )}
    </>
  );
}

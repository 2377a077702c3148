import { firstLine } from "../text/fold";
import { LongText } from "../text/LongText";
import { Visible } from "../text/Visible";
import { Output } from "./Output";
import { flagOf, textOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

/** Commands longer than this do not fit the head line. */
const COMMAND_LINE_MAX = 100;

export const bash: ToolView = {
  names: ["Bash", "PowerShell"],
  summary: ({ input }) => {
    const command = textOf(input, "command");
    return command === undefined ? textOf(input, "description") : firstLine(command);
  },
  aside: ({ input }) => textOf(input, "description"),
  Body: BashBody,
};

function BashBody(props: ToolBodyProps) {
  const { step, tool, open, onOpen } = props;
  const command = textOf(tool.input, "command") ?? "";
  const stderr = textOf(tool.result, "stderr") ?? "";
  const stdout = textOf(tool.result, "stdout");
  const background = textOf(tool.result, "backgroundTaskId");
  return (
    <>
      {(command.includes("\n") || command.length > COMMAND_LINE_MAX) && (
        <div className="tool-command">
          <LongText text={command} step={step.id} field="input" open={open} onOpen={onOpen} />
        </div>
      )}
      {stderr === "" || stdout === undefined ? (
        <Output {...props} />
      ) : (
        <>
          {stdout !== "" && (
            <div className="tool-output">
              <LongText text={stdout} step={step.id} field="output" open={open} onOpen={onOpen} terminal />
            </div>
          )}
          <div className="tool-output tool-stderr">
            <span className="tool-label">stderr</span>
            <LongText text={stderr} step={step.id} field="output" open={open} onOpen={onOpen} terminal />
          </div>
        </>
      )}
      {flagOf(tool.result, "interrupted") && <p className="tool-remark">Interrupted while it ran.</p>}
      {background !== undefined && (
        <p className="tool-remark">
          Runs in the background as{" "}
          <code>
            <Visible text={background} />
          </code>
        </p>
      )}
    </>
  );
}

import { argumentsLine } from "./mcp";
import { Output, Payload } from "./Output";
import { asRecord } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

/** Tools that this version has no form for: their arguments as they are, and what the model saw. */
export const unknown: ToolView = {
  names: [],
  summary: ({ input }) => argumentsLine(input),
  Body: UnknownBody,
};

const SHORT = 80;

function UnknownBody(props: ToolBodyProps) {
  const { input } = props.tool;
  const told = (argumentsLine(input) ?? "").length < SHORT;
  return (
    <>
      {!told && asRecord(input) !== undefined && <Payload value={input} label="Arguments" />}
      <Output {...props} />
    </>
  );
}

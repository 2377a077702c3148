import { argumentsLine, needsTree } from "./mcp";
import { Output, Payload } from "./Output";
import type { ToolBodyProps, ToolView } from "./tool-view";

/** Tools that this version has no form for: their arguments as they are, and what the model saw. */
export const unknown: ToolView = {
  names: [],
  summary: ({ input }) => argumentsLine(input),
  Body: UnknownBody,
};

function UnknownBody(props: ToolBodyProps) {
  const { input } = props.tool;
  return (
    <>
      {needsTree(input) && <Payload value={input} label="Arguments" />}
      <Output {...props} />
    </>
  );
}

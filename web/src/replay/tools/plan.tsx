import { firstLine } from "../text/fold";
import { Markdown } from "../text/Markdown";
import { Output } from "./Output";
import { textOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

export const plan: ToolView = {
  names: ["ExitPlanMode", "EnterPlanMode"],
  inWords: true,
  summary: ({ name, input, result }) =>
    name === "EnterPlanMode"
      ? "Planning begins"
      : firstLine(
          textOf(input, "plan") ?? textOf(result, "plan") ?? textOf(input, "planFilePath") ?? "",
        ).replace(/^#+ /, ""),
  needs: ["input"],
  Body: PlanBody,
};

function PlanBody(props: ToolBodyProps) {
  const text = textOf(props.tool.input, "plan") ?? textOf(props.tool.result, "plan");
  return text === undefined ? (
    <Output {...props} />
  ) : (
    <div className="tool-plan">
      <Markdown text={text} />
    </div>
  );
}

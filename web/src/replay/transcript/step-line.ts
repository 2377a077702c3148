/** A step in one line, for sub-agents' steps and for the inspector's heading. */
import type { Step } from "@/api/types";
import { firstLine } from "../text/fold";
import { oneLine, visibleLine } from "../text/visible";
import { toolTitle, viewOf } from "../tools/choose";
import { STEP_KINDS } from "../wording";

const LINE_MAX = 200;

export interface StepLine {
  label: string;
  /** As it was captured: to be shown by `Visible`. */
  text: string;
}

export function stepLine(step: Step): StepLine {
  if (step.tool && step.kind === "tool_call") {
    return {
      label: visibleLine(toolTitle(step.tool).name, 60),
      text: oneLine(viewOf(step.tool).summary(step.tool) ?? "", LINE_MAX),
    };
  }
  if (step.model_request) {
    return { label: STEP_KINDS.model_request, text: oneLine(step.model_request.model ?? "", LINE_MAX) };
  }
  return {
    label: STEP_KINDS[step.kind],
    text: oneLine(firstLine(step.skill?.name ?? step.text ?? step.tool?.name ?? ""), LINE_MAX),
  };
}

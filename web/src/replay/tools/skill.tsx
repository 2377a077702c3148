import { StepText } from "../text/StepText";
import { SkillFacts } from "../transcript/SkillFacts";
import { Output } from "./Output";
import { textOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

export const skill: ToolView = {
  names: ["Skill"],
  summary: ({ input }) => [textOf(input, "skill"), textOf(input, "args")].filter(Boolean).join(" "),
  Body: SkillBody,
};

function SkillBody(props: ToolBodyProps) {
  const { step, open, onOpen } = props;
  return (
    <>
      {step.skill && <SkillFacts skill={step.skill} />}
      {step.text !== null && step.text !== "" && (
        <div className="tool-output">
          <StepText step={step} open={open} onOpen={onOpen} />
        </div>
      )}
      <Output {...props} />
    </>
  );
}

import { memo } from "react";
import type { Step, TurnRow } from "@/api/types";
import { CommentMark } from "@/review/CommentMark";
import { useFold } from "../folds";
import { useReplay } from "../replay-context";
import { Visible } from "../text/Visible";
import { agentFold } from "../tools/agent";
import { clockSeconds } from "./clock";
import { stepLine } from "./step-line";
import {
  CompactionStep,
  ErrorStep,
  NoticeStep,
  PermissionStep,
  PromptStep,
  RequestStep,
  SkillStep,
  TextStep,
  ThinkingStep,
} from "./steps";
import { type StepProps, ToolStep } from "./ToolStep";

/** Errors, denials and what was searched for are never folded away at first. */
export const opensByItself = (step: Step, isFound: boolean) => step.is_error === true || isFound;

export const StepRow = memo(function StepRow({
  step,
  turn,
  found = false,
}: {
  step: Step;
  turn: TurnRow | undefined;
  /** It was searched for. */
  found?: boolean;
}) {
  const { folds, agent } = useReplay();
  const [agentOpen] = useFold(folds, agentFold(step.agent_id ?? ""), false);
  const [open, setOpen] = useFold(folds, step.id, opensByItself(step, found));
  const nested = step.agent_id !== null && agent === undefined;
  return (
    <div className={`step step-${step.kind} ${nested ? "step-nested" : ""}`}>
      <span className="step-time" title={step.at ?? undefined}>
        {step.at !== null && step.kind !== "model_request" && clockSeconds(step.at)}
      </span>
      <CommentMark step={step} />
      <div className="step-body">
        {nested && !agentOpen && !open ? (
          <NestedLine step={step} onOpen={setOpen} />
        ) : (
          <StepBody step={step} turn={turn} open={open} onOpen={setOpen} />
        )}
      </div>
    </div>
  );
});

function StepBody({ turn, ...props }: StepProps & { turn: TurnRow | undefined }) {
  switch (props.step.kind) {
    case "prompt":
      return <PromptStep turn={turn} {...props} />;
    case "thinking":
      return <ThinkingStep {...props} />;
    case "text":
      return <TextStep {...props} />;
    case "tool_call":
      return <ToolStep {...props} />;
    case "skill":
      return <SkillStep {...props} />;
    case "permission":
      return <PermissionStep {...props} />;
    case "compaction":
      return <CompactionStep {...props} />;
    case "model_request":
      return <RequestStep {...props} />;
    case "error":
      return <ErrorStep {...props} />;
    default:
      return <NoticeStep {...props} />;
  }
}

/** A sub-agent's step among those of the one that called it: a line, until it is opened. */
function NestedLine({ step, onOpen }: { step: Step; onOpen: (open: boolean) => void }) {
  if (step.kind === "model_request") {
    return <RequestStep step={step} open={false} onOpen={onOpen} />;
  }
  const { label, text } = stepLine(step);
  return (
    <button type="button" className="nested-line" aria-expanded={false} onClick={() => onOpen(true)}>
      <span className="nested-label">{label}</span>
      <span className="nested-text">
        <Visible text={text} />
      </span>
    </button>
  );
}

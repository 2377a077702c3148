import type { Step } from "@/api/types";
import { LongText } from "./LongText";

/** A step's own text, the rest of it fetched when it is wanted. */
export function StepText({
  step,
  open,
  onOpen,
}: {
  step: Step;
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  return (
    <LongText
      text={step.text ?? ""}
      bytes={step.text_bytes}
      step={step.id}
      field="text"
      open={open}
      onOpen={onOpen}
    />
  );
}

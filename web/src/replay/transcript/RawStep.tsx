import { memo } from "react";
import type { Json, StepRow } from "@/api/types";
import { useFold } from "../folds";
import { useReplay } from "../replay-context";
import { LongText } from "../text/LongText";
import { Visible } from "../text/Visible";
import { STEP_KINDS } from "../wording";
import { clockSeconds } from "./clock";

/** A step as its document has it. */
export const RawStep = memo(function RawStep({ item }: { item: StepRow }) {
  const { step } = item;
  return (
    <div className="step raw-step">
      <span className="step-time">{step.at !== null && clockSeconds(step.at)}</span>
      <div className="step-body">
        <p className="raw-head">
          <span className="raw-kind">{STEP_KINDS[step.kind]}</span>
          <code className="raw-id">
            <Visible text={step.id.slice(0, 200)} />
          </code>
        </p>
        <RawJson name="document" step={step.id} value={step as unknown as Json} />
      </div>
    </div>
  );
});

/** JSON as text, folded while it is long. */
export function RawJson({ name, step, value }: { name: string; step: string; value: Json }) {
  const { folds } = useReplay();
  const [open, setOpen] = useFold(folds, `raw:${name}:${step}`, false);
  return (
    <div className="raw-json">
      <LongText text={JSON.stringify(value, null, 2)} step={step} field="text" open={open} onOpen={setOpen} />
    </div>
  );
}

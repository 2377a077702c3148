import type { Ref } from "react";
import type { SessionHead, StepRow } from "@/api/types";
import { Button } from "@/ui/Button";
import { SessionFacts } from "./SessionFacts";
import { StepFacts } from "./StepFacts";
import "./inspector.css";

/** What is known of the chosen step, or of the session while none is chosen. */
export function Inspector({
  ref,
  head,
  item,
  steps,
  onClose,
}: {
  ref: Ref<HTMLElement>;
  head: SessionHead;
  item: StepRow | undefined;
  steps: number;
  onClose: () => void;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <aside ref={ref} className="inspector" aria-label={item ? "Chosen step" : "Session"} tabIndex={0}>
      <Button look="quiet" className="inspector-close" onClick={onClose} aria-label="Close the inspector">
        ✕
      </Button>
      {item ? <StepFacts key={item.step.id} item={item} steps={steps} /> : <SessionFacts head={head} />}
    </aside>
  );
}

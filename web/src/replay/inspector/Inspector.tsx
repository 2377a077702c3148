import { type KeyboardEvent, type Ref, useId, useRef } from "react";
import type { SessionHead, StepRow } from "@/api/types";
import { ReviewTab } from "@/review/ReviewTab";
import { Button } from "@/ui/Button";
import { FilesTab } from "../files/FilesTab";
import { OtelTab } from "./OtelTab";
import { SessionFacts } from "./SessionFacts";
import { SkillsTab } from "./SkillsTab";
import { StepFacts } from "./StepFacts";
import { ToolsTab } from "./ToolsTab";
import { TAB_WORDS, TABS, type Tab, tabOfKey } from "./tabs";
import { WitnessesTab } from "./WitnessesTab";
import "./inspector.css";

interface InspectorProps {
  ref: Ref<HTMLElement>;
  head: SessionHead;
  item: StepRow | undefined;
  steps: number;
  tab: Tab;
  onTab: (tab: Tab) => void;
  /** Chooses a step by its place in the session's one list, and shows it. */
  onStep: (index: number) => void;
  onClose: () => void;
}

/** What is known of the chosen step and of the session, in tabs. */
export function Inspector({ ref, head, item, steps, tab, onTab, onStep, onClose }: InspectorProps) {
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const next = event.ctrlKey || event.metaKey || event.altKey ? undefined : tabOfKey(event.key, tab);
    if (next) {
      event.preventDefault();
      event.stopPropagation();
      onTab(next);
      list.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
    }
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that a key leads to
    <aside ref={ref} className="inspector" aria-label={item ? "Chosen step" : "Session"} tabIndex={0}>
      <div className="inspector-bar">
        <div
          ref={list}
          className="inspector-tabs"
          role="tablist"
          aria-label="Inspector"
          onKeyDown={onKeyDown}
        >
          {TABS.map((each) => (
            <button
              key={each}
              type="button"
              role="tab"
              id={`${id}-${each}`}
              data-tab={each}
              aria-selected={each === tab}
              aria-controls={`${id}-panel`}
              tabIndex={each === tab ? 0 : -1}
              onClick={() => onTab(each)}
            >
              {TAB_WORDS[each]}
            </button>
          ))}
        </div>
        <Button look="quiet" className="inspector-close" onClick={onClose} aria-label="Close the inspector">
          ✕
        </Button>
      </div>
      <div
        key={tab}
        id={`${id}-panel`}
        className={`inspector-panel inspector-panel-${tab}`}
        role="tabpanel"
        aria-labelledby={`${id}-${tab}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
      >
        <Panel tab={tab} head={head} item={item} steps={steps} onStep={onStep} />
      </div>
    </aside>
  );
}

function Panel({
  tab,
  head,
  item,
  steps,
  onStep,
}: Pick<InspectorProps, "tab" | "head" | "item" | "steps" | "onStep">) {
  switch (tab) {
    case "details":
      return item ? <StepFacts key={item.step.id} item={item} steps={steps} /> : <SessionFacts head={head} />;
    case "tools":
      return <ToolsTab head={head} from={item?.index} onStep={onStep} />;
    case "skills":
      return <SkillsTab head={head} from={item?.index} onStep={onStep} />;
    case "files":
      return <FilesTab cwd={head.cwd} onStep={onStep} />;
    case "otel":
      return <OtelTab item={item} onStep={onStep} />;
    case "witnesses":
      return <WitnessesTab head={head} item={item} />;
    case "review":
      return <ReviewTab />;
  }
}

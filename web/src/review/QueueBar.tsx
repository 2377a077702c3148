import { messageOf } from "@/api/error";
import { useCommand } from "@/keyboard/use-shortcuts";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Time } from "@/ui/Time";
import { DueTime } from "./DueTime";
import { KeyOf } from "./JudgeBar";
import { QueueProgress } from "./QueueProgress";
import type { QueueRun } from "./queue-run";
import "./queue.css";

/** Above the replay: which queue, how far, why this item is here and until when; and what leads on. */
export function QueueBar({ run, onBack }: { run: QueueRun; onBack: (() => void) | undefined }) {
  const send = useCommand("judge.send");
  const { queue, item, progress, error, isPending } = run;
  return (
    <section className="queue-bar" aria-label="Queue">
      <p className="queue-bar-name">
        <VisibleLine text={queue.name} charactersMax={60} />
      </p>
      <QueueProgress done={progress.done} total={progress.total} />
      {item.reason.kind !== "hidden" && (
        <p className="queue-bar-why" title={visibleLine(item.reason.text, 400)}>
          <span className="quiet">Here because</span>{" "}
          <VisibleLine text={item.reason.text} charactersMax={160} />
        </p>
      )}
      {item.due_at !== null && <DueTime at={item.due_at} />}
      {item.reserved_until !== null && (
        <span className="quiet queue-bar-held">
          yours until <Time at={item.reserved_until} />
        </span>
      )}
      <span className="queue-bar-end">
        {error && (
          <span role="alert" className="is-error queue-bar-error">
            {messageOf(error)}
          </span>
        )}
        {onBack ? (
          <button type="button" onClick={onBack}>
            Back to the item
          </button>
        ) : (
          <button type="button" className="queue-bar-next" disabled={isPending || !send} onClick={send}>
            {isPending ? "Next …" : "Done and next"} <KeyOf command="judge.send" />
          </button>
        )}
        <button type="button" onClick={run.leave}>
          Leave <KeyOf command="judge.leave_queue" />
        </button>
      </span>
    </section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { messageOf } from "@/api/error";
import { addToQueue, queuesQuery } from "@/api/queues";
import { plural } from "@/format/count";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Choice, Field, FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";

const REASON_MAX = 200;

/** Puts the selected sessions into a queue, with the reason that stands beside each of them there. */
export function QueueDialog({
  workspace,
  ids,
  onClose,
  onDone,
}: {
  workspace: string;
  ids: string[];
  onClose: () => void;
  onDone: () => void;
}) {
  const queues = useQuery(queuesQuery(workspace));
  const open = (queues.data?.items ?? []).filter(({ closed }) => !closed);
  const [chosen, setChosen] = useState<string>();
  const [reason, setReason] = useState("");
  const [isRunning, setIsRunning] = useState(false);
  const [error, setError] = useState<string>();
  const queue = chosen ?? open[0]?.id;

  async function run() {
    if (queue === undefined) {
      return;
    }
    setIsRunning(true);
    setError(undefined);
    try {
      await addToQueue(workspace, queue, { sessions: ids, reason: reason.trim() });
      onClose();
      onDone();
    } catch (refused) {
      setError(messageOf(refused));
    } finally {
      setIsRunning(false);
    }
  }

  return (
    <Dialog title={`Add ${plural(ids.length, "session")} to a queue`} onClose={onClose}>
      {queues.isSuccess && open.length === 0 ? (
        <p>
          There is no open queue.{" "}
          <Link to="/w/$workspace/review/queues" params={{ workspace }}>
            Make one
          </Link>{" "}
          first.
        </p>
      ) : (
        <form className="bulk-form" onSubmit={onSubmit(() => void run())}>
          <Choice
            label="Queue"
            value={queue ?? ""}
            options={open.map(({ id, name }) => ({ value: id, name: visibleLine(name, 80) }))}
            onChange={setChosen}
          />
          <Field
            label="Why"
            required
            maxLength={REASON_MAX}
            autoComplete="off"
            hint="It stands beside each of them in the queue."
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <FormError message={error ?? (queues.isError ? messageOf(queues.error) : undefined)} />
          <div className="bulk-form-end">
            <Button
              type="submit"
              look="primary"
              disabled={isRunning || queue === undefined || reason.trim() === ""}
            >
              Add
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

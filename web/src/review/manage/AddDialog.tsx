import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { addToQueue, type Queue } from "@/api/queues";
import { plural } from "@/format/count";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, FormDone, FormError, TextField } from "@/ui/Field";
import { ViewChoice } from "@/views/ViewChoice";

/** Puts what a filter finds, or sessions by their ids, into a queue; the reason is kept with each. */
export function AddDialog({
  workspace,
  queue,
  onClose,
}: {
  workspace: string;
  queue: Queue;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const [filter, setFilter] = useState("");
  const [ids, setIds] = useState("");
  const [reason, setReason] = useState("");
  const sessions = ids.split(/[\s,]+/).filter((id) => id !== "");
  const isReady = (filter.trim() !== "" || sessions.length > 0) && reason.trim() !== "";
  const add = useMutation({
    mutationFn: () =>
      addToQueue(
        workspace,
        queue.id,
        sessions.length > 0 ? { sessions, reason: reason.trim() } : { filter, reason: reason.trim() },
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.queues(workspace) }),
  });
  return (
    <Dialog title="Add sessions" onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (isReady) {
            add.mutate();
          }
        }}
      >
        {sessions.length === 0 && <ViewChoice workspace={workspace} filter={filter} onFilter={setFilter} />}
        <Field
          label="What a filter finds"
          placeholder="skill:weekly-report verdict:none"
          hint="As in the list of sessions."
          value={filter}
          disabled={sessions.length > 0}
          onChange={(event) => setFilter(event.target.value)}
        />
        <TextField
          label="Or these sessions"
          hint="Their ids, apart by spaces or lines."
          rows={2}
          value={ids}
          onChange={(event) => setIds(event.target.value)}
        />
        <Field
          label="Why"
          hint="Reviewers read it, unless they judge blind."
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.target.value)}
        />
        <FormDone message={add.data && `${plural(add.data.added, "item")} added.`} />
        <FormError message={add.error ? messageOf(add.error) : undefined} />
        <div className="form-actions">
          <Button look="primary" type="submit" disabled={!isReady || add.isPending}>
            {add.isPending ? "Adding …" : "Add"}
          </Button>
          <Button onClick={onClose}>Close</Button>
        </div>
      </form>
    </Dialog>
  );
}

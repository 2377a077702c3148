import { useState } from "react";
import { messageOf } from "@/api/error";
import type { View } from "@/api/types";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";
import { Switch } from "@/ui/Switch";
import type { Shown } from "./shown";
import { useViewChanges } from "./use-views";

const NAME_MAX = 80;

/** Gives what is shown a name; with `view`, gives that another. */
export function SaveView({
  workspace,
  view,
  shown,
  mayShare,
  onClose,
  onSaved,
}: {
  workspace: string;
  view?: View;
  shown: Shown;
  mayShare: boolean;
  onClose: () => void;
  onSaved: (view: View) => void;
}) {
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState(view?.shared ?? false);
  const { create, change } = useViewChanges(workspace);
  const isPending = create.isPending || change.isPending;
  const error = create.error ?? change.error;

  function save() {
    const fold = shown.fold === "" ? [] : shown.fold.split(",");
    const body = { name: name.trim(), filter: shown.filter.trim(), sort: shown.sort, fold, shared };
    if (view) {
      change.mutate({ view, body }, { onSuccess: onSaved });
    } else {
      create.mutate(body, { onSuccess: onSaved });
    }
  }

  return (
    <Dialog title={view ? "Rename the view" : "Save as a view"} onClose={onClose}>
      <form className="view-form" onSubmit={onSubmit(save)}>
        <Field
          label="Name"
          autoFocus
          required
          maxLength={NAME_MAX}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        {!view && (
          <p className="quiet">
            {shown.filter.trim() === "" ? (
              "It has no filter: it shows every session."
            ) : (
              <>
                Its filter: <code>{visibleLine(shown.filter.trim())}</code>
              </>
            )}
          </p>
        )}
        {mayShare && (
          <Switch on={shared} onChange={setShared}>
            Share with everybody who may read as much as you
          </Switch>
        )}
        <FormError message={error ? messageOf(error) : undefined} />
        <div className="view-form-end">
          <Button type="submit" look="primary" disabled={isPending || name.trim() === ""}>
            {view ? "Rename" : "Save"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

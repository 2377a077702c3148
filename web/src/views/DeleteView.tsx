import { useNavigate } from "@tanstack/react-router";
import { messageOf } from "@/api/error";
import type { View } from "@/api/types";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormError } from "@/ui/Field";
import { useViewChanges } from "./use-views";

export function DeleteView({
  workspace,
  view,
  onClose,
}: {
  workspace: string;
  view: View;
  onClose: () => void;
}) {
  const { remove } = useViewChanges(workspace);
  const navigate = useNavigate();

  function confirm() {
    remove.mutate(view, {
      onSuccess: () => {
        onClose();
        // What it showed stays on the screen.
        void navigate({
          to: "/w/$workspace/sessions",
          params: { workspace },
          search: (before) => ({ ...before, view: undefined }),
        });
      },
    });
  }

  return (
    <Dialog title="Delete the view" onClose={onClose}>
      <p>
        <bdi>{visibleLine(view.name)}</bdi> will be gone{view.shared ? " for everybody" : ""}. The sessions
        that it shows stay.
      </p>
      <FormError message={remove.error ? messageOf(remove.error) : undefined} />
      <div className="view-form-end">
        <Button look="danger" disabled={remove.isPending} onClick={confirm}>
          Delete
        </Button>
      </div>
    </Dialog>
  );
}

import type { ReactNode } from "react";
import { messageOf } from "@/api/error";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormError } from "@/ui/Field";

/** Asks before something that cannot be taken back. */
export function ConfirmDialog({
  title,
  action,
  keep = "Keep it",
  error,
  isPending,
  onConfirm,
  onClose,
  children,
}: {
  title: string;
  action: string;
  keep?: string;
  error: Error | null;
  isPending: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="form">
        <p>{children}</p>
        <FormError message={error ? messageOf(error) : undefined} />
        <div className="form-actions">
          <Button look="danger" disabled={isPending} onClick={onConfirm}>
            {action}
          </Button>
          <Button onClick={onClose}>{keep}</Button>
        </div>
      </div>
    </Dialog>
  );
}

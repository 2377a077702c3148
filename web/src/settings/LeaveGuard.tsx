import { useBlocker } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { ConfirmDialog } from "./ConfirmDialog";

/** Asks before a page is left with something on it that is not saved. The children say what that is. */
export function LeaveGuard({ isUnsaved, children }: { isUnsaved: () => boolean; children: ReactNode }) {
  const leaving = useBlocker({
    shouldBlockFn: isUnsaved,
    enableBeforeUnload: isUnsaved,
    withResolver: true,
  });
  return (
    leaving.status === "blocked" && (
      <ConfirmDialog
        title="Leave without saving?"
        action="Leave"
        keep="Stay"
        error={null}
        isPending={false}
        onConfirm={leaving.proceed}
        onClose={leaving.reset}
      >
        {children}
      </ConfirmDialog>
    )
  );
}

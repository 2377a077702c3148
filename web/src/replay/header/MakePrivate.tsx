import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { makePrivate } from "@/api/capture";
import { queryKeys } from "@/api/keys";
import type { OptOut, SessionHead } from "@/api/types";
import { ConfirmDialog } from "@/settings/ConfirmDialog";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { useReplay } from "../replay-context";
import { Visible } from "../text/Visible";

const QUESTIONS: Record<Exclude<OptOut, "forbidden">, { title: string; action: string; words: string }> = {
  allowed: {
    title: "Make this session private?",
    action: "Make private",
    words:
      "What was captured of it is erased for everyone, and nothing more of it is taken. Its sub-agents and forks go with it. It cannot be taken back.",
  },
  content_off: {
    title: "Erase what was said and done?",
    action: "Erase the content",
    words:
      "This workspace keeps that there was a session, when, with which tools and at what cost. All texts, inputs and outputs are erased for everyone, and what comes later loses its own. It cannot be taken back.",
  },
};

/** The person’s own word that the session is private; shown to them only, and says what this workspace makes of it. */
export function MakePrivate({ head }: { head: SessionHead }) {
  const { workspace } = useReplay();
  const queryClient = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const make = useMutation({
    mutationFn: () => makePrivate(workspace, head.id),
    onSuccess: async () => {
      setIsOpen(false);
      await Promise.all([
        // What was fetched of it must not stay.
        queryClient.resetQueries({ queryKey: queryKeys.session(workspace, head.id) }),
        queryClient.invalidateQueries({ queryKey: ["workspace", workspace, "sessions"] }),
      ]);
    },
  });
  if (head.opt_out === null || (head.content_off_at !== null && head.opt_out.opt_out === "content_off")) {
    return null;
  }
  const { opt_out, notice } = head.opt_out;
  const close = () => setIsOpen(false);
  const said = notice !== null && <Visible text={notice} />;
  return (
    <>
      <Button look="quiet" onClick={() => setIsOpen(true)}>
        Make private
      </Button>
      {isOpen &&
        (opt_out === "forbidden" ? (
          <Dialog title="Not in this workspace" onClose={close}>
            <p>What is captured here is kept: this workspace does not let sessions be made private.</p>
            {said && <p className="private-notice">{said}</p>}
          </Dialog>
        ) : (
          <ConfirmDialog
            title={QUESTIONS[opt_out].title}
            action={QUESTIONS[opt_out].action}
            error={make.error}
            isPending={make.isPending}
            onConfirm={() => make.mutate()}
            onClose={close}
          >
            {QUESTIONS[opt_out].words}
            {said && <span className="private-notice">{said}</span>}
          </ConfirmDialog>
        ))}
    </>
  );
}

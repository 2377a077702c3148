import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { invite } from "@/api/members";
import type { Role } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";
import { Time } from "@/ui/Time";
import { GrantFields } from "./GrantFields";
import { projectsOfText } from "./projects-text";
import { Secret } from "./Secret";

/** Makes an invitation and shows its link, once. Argus sends no mail: whoever invites sends the link. */
export function InviteDialog({ workspace, onClose }: { workspace: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [role, setRole] = useState<Role>("viewer");
  const send = useMutation({
    mutationFn: (body: { email: string; projects: string[] | null }) => invite(workspace, { ...body, role }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.invitations(workspace) }),
  });

  if (send.data) {
    return (
      <Dialog title="Send this link" onClose={onClose}>
        <p>
          To {send.variables.email}, by a way that only they read. It is shown this once, and holds until{" "}
          <Time at={send.data.expires_at} />.
        </p>
        <Secret
          label="Link of the invitation"
          text={`${window.location.origin}/link#${send.data.link_token}`}
        />
      </Dialog>
    );
  }
  return (
    <Dialog title="Invite" onClose={onClose}>
      <form
        className="form"
        onSubmit={onSubmit((field) =>
          send.mutate({ email: field("email"), projects: projectsOfText(field("projects")) }),
        )}
      >
        <Field label="E-mail" name="email" type="email" autoComplete="off" required autoFocus />
        <GrantFields role={role} onRole={setRole} projects={null} />
        <FormError message={send.error ? messageOf(send.error) : undefined} />
        <div className="form-actions">
          <Button look="primary" type="submit" disabled={send.isPending}>
            Make the link
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

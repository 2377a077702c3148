import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { changeMember } from "@/api/members";
import type { Member } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";
import { GrantFields } from "./GrantFields";
import { projectsOfText } from "./projects-text";

export function MemberDialog({
  workspace,
  member,
  onClose,
}: {
  workspace: string;
  member: Member;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const [role, setRole] = useState(member.role);
  const change = useMutation({
    mutationFn: (projects: string[] | null) => changeMember(workspace, member.account, { role, projects }),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: queryKeys.members(workspace) });
      // It may have been oneself.
      await queryClient.invalidateQueries({ queryKey: queryKeys.self });
    },
  });

  return (
    <Dialog title={member.name} onClose={onClose}>
      <form className="form" onSubmit={onSubmit((field) => change.mutate(projectsOfText(field("projects"))))}>
        <GrantFields role={role} onRole={setRole} projects={member.projects} />
        <FormError message={change.error ? messageOf(change.error) : undefined} />
        <div className="form-actions">
          <Button look="primary" type="submit" disabled={change.isPending}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

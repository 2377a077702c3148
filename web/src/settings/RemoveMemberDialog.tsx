import { useMutation, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "@/api/keys";
import { removeMember } from "@/api/members";
import type { Member } from "@/api/types";
import { ConfirmDialog } from "./ConfirmDialog";

export function RemoveMemberDialog({
  workspace,
  member,
  onClose,
}: {
  workspace: string;
  member: Member;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => removeMember(workspace, member.account),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: queryKeys.members(workspace) });
      await queryClient.invalidateQueries({ queryKey: queryKeys.self });
    },
  });

  return (
    <ConfirmDialog
      title={`Remove ${member.name}?`}
      action="Remove"
      error={remove.error}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      {member.email} can no longer read this workspace. What was captured of them stays.
    </ConfirmDialog>
  );
}

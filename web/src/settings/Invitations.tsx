import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { listInvitations, withdrawInvitation } from "@/api/members";
import type { Member } from "@/api/types";
import { Button } from "@/ui/Button";
import { FormError } from "@/ui/Field";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { projectsWords } from "./projects-text";

const HEADS = [
  { name: "E-mail" },
  { name: "Role" },
  { name: "Projects" },
  { name: "Invited", wide: true },
  { name: "Holds until", wide: true },
  { name: "" },
];

/** Invitations that nobody has accepted yet. */
export function Invitations({ workspace, members }: { workspace: string; members: readonly Member[] }) {
  const queryClient = useQueryClient();
  const list = useQuery({
    queryKey: queryKeys.invitations(workspace),
    queryFn: ({ signal }) => listInvitations(workspace, signal),
  });
  const withdraw = useMutation({
    mutationFn: (invitation: string) => withdrawInvitation(workspace, invitation),
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.invitations(workspace) }),
  });

  if (!list.data || list.data.items.length === 0) {
    return null;
  }
  return (
    <section className="settings-part">
      <h2>Open invitations</h2>
      <FormError message={withdraw.error ? messageOf(withdraw.error) : undefined} />
      <Table caption="Open invitations" heads={HEADS}>
        {list.data.items.map((invitation) => (
          <tr key={invitation.id}>
            <th scope="row">{invitation.email}</th>
            <td>{invitation.role}</td>
            <td>{projectsWords(invitation.projects)}</td>
            <td className="table-wide">
              <Time at={invitation.created_at} /> by {nameOf(invitation.invited_by, members)}
            </td>
            <td className="table-wide">
              <Time at={invitation.expires_at} />
            </td>
            <td className="table-action">
              <Button
                look="danger"
                onClick={() => withdraw.mutate(invitation.id)}
                aria-label={`Withdraw the invitation of ${invitation.email}`}
              >
                Withdraw
              </Button>
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

/** Who left is known by nothing but the account's id. */
function nameOf(account: string, members: readonly Member[]): string {
  return members.find((member) => member.account === account)?.name ?? account;
}

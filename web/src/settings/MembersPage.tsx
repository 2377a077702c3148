import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { queryKeys } from "@/api/keys";
import { listMembers } from "@/api/members";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import type { Member } from "@/api/types";
import { Button } from "@/ui/Button";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { Invitations } from "./Invitations";
import { InviteDialog } from "./InviteDialog";
import { MemberDialog } from "./MemberDialog";
import { projectsWords } from "./projects-text";
import { RemoveMemberDialog } from "./RemoveMemberDialog";

const HEADS = [
  { name: "Name" },
  { name: "Role" },
  { name: "Projects" },
  { name: "Member since", wide: true },
];

type Open = { what: "invite" } | { what: "change" | "remove"; member: Member };

export function MembersPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/settings/members" });
  const { data: self } = useSuspenseQuery(selfQuery);
  const mayWrite = mayDo(grantOf(self, workspace), "members.write");
  const [open, setOpen] = useState<Open>();
  const list = useQuery({
    queryKey: queryKeys.members(workspace),
    queryFn: ({ signal }) => listMembers(workspace, signal),
  });
  const close = () => setOpen(undefined);

  return (
    <>
      <PageTitle>{`Members · ${workspace}`}</PageTitle>
      <section className="settings-part">
        <div className="settings-head">
          <h2>Members</h2>
          {mayWrite && (
            <Button look="primary" onClick={() => setOpen({ what: "invite" })}>
              Invite
            </Button>
          )}
        </div>
        {list.isError && (
          <ErrorNotice
            title="The members could not be loaded"
            error={list.error}
            onRetry={() => void list.refetch()}
          />
        )}
        {list.isPending && <Loading />}
        {list.data && (
          <Table caption="Members" heads={mayWrite ? [...HEADS, { name: "" }] : HEADS}>
            {list.data.items.map((member) => (
              <tr key={member.account}>
                <th scope="row">
                  {member.name}
                  <span className="table-note">{member.email}</span>
                </th>
                <td>{member.role}</td>
                <td>{projectsWords(member.projects)}</td>
                <td className="table-wide">
                  <Time at={member.added_at} />
                </td>
                {mayWrite && (
                  <td className="table-action">
                    <Button
                      onClick={() => setOpen({ what: "change", member })}
                      aria-label={`Change ${member.name}`}
                    >
                      Change
                    </Button>
                    <Button
                      look="danger"
                      onClick={() => setOpen({ what: "remove", member })}
                      aria-label={`Remove ${member.name}`}
                    >
                      Remove
                    </Button>
                  </td>
                )}
              </tr>
            ))}
          </Table>
        )}
      </section>
      {mayWrite && <Invitations workspace={workspace} members={list.data?.items ?? []} />}
      {open?.what === "invite" && <InviteDialog workspace={workspace} onClose={close} />}
      {open?.what === "change" && <MemberDialog workspace={workspace} member={open.member} onClose={close} />}
      {open?.what === "remove" && (
        <RemoveMemberDialog workspace={workspace} member={open.member} onClose={close} />
      )}
    </>
  );
}

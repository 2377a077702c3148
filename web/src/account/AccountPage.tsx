import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { listSignIns, revokeSignIn, selfQuery } from "@/api/self";
import type { Self, SignIn } from "@/api/types";
import { KeyMapEditor } from "@/keyboard/KeyMapEditor";
import { projectsWords } from "@/settings/projects-text";
import { Button } from "@/ui/Button";
import { FormError } from "@/ui/Field";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { browserName } from "./browser-name";
import "./AccountPage.css";
import { PasswordForm } from "./PasswordForm";

export function AccountPage() {
  const { data: self } = useSuspenseQuery(selfQuery);
  return (
    <div className="page page-narrow">
      <PageTitle>Your account</PageTitle>
      <div className="account-head">
        <h1>{self.name}</h1>
        {self.email && <p className="quiet">{self.email}</p>}
      </div>
      <Workspaces self={self} />
      {self.kind === "account" && <PasswordForm email={self.email} />}
      <SignIns />
      <section className="account-part" id="keyboard">
        <h2>Keyboard</h2>
        <p className="quiet">Kept in this browser. What works on a page, ? lists there.</p>
        <KeyMapEditor />
      </section>
      <p className="account-version quiet">Argus {self.server.version}</p>
    </div>
  );
}

function Workspaces({ self }: { self: Self }) {
  if (self.workspaces.length === 0) {
    return <p className="account-part">You are a member of no workspace. Ask an owner for an invitation.</p>;
  }
  return (
    <section className="account-part">
      <h2>Workspaces</h2>
      <Table
        caption="Your workspaces"
        heads={[{ name: "Workspace" }, { name: "Role" }, { name: "Projects" }]}
      >
        {self.workspaces.map(({ name, role, projects }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{role}</td>
            <td>{projectsWords(projects)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

const SIGN_IN_HEADS = [
  { name: "Browser" },
  { name: "Address", wide: true },
  { name: "Last seen" },
  { name: "Since", wide: true },
  { name: "" },
];

function SignIns() {
  const queryClient = useQueryClient();
  const list = useQuery({ queryKey: queryKeys.signIns, queryFn: ({ signal }) => listSignIns(signal) });
  const revoke = useMutation({
    mutationFn: revokeSignIn,
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.signIns }),
  });

  return (
    <section className="account-part">
      <h2>Where you are signed in</h2>
      {list.isError && (
        <ErrorNotice
          title="The list could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      <FormError message={revoke.error ? messageOf(revoke.error) : undefined} />
      {list.isPending && <Loading />}
      {list.data && (
        <Table caption="Sign-ins" heads={SIGN_IN_HEADS}>
          {list.data.items.map((signIn) => (
            <SignInRow key={signIn.id} signIn={signIn} onRevoke={() => revoke.mutate(signIn.id)} />
          ))}
        </Table>
      )}
    </section>
  );
}

function SignInRow({ signIn, onRevoke }: { signIn: SignIn; onRevoke: () => void }) {
  const browser = browserName(signIn.user_agent);
  return (
    <tr>
      <th scope="row" title={signIn.user_agent}>
        {browser}
      </th>
      <td className="mono table-wide">{signIn.address}</td>
      <td>
        <Time at={signIn.last_seen_at} />
      </td>
      <td className="table-wide">
        <Time at={signIn.created_at} />
      </td>
      <td className="table-action">
        {signIn.current ? (
          <span className="quiet">this one</span>
        ) : (
          <Button look="danger" onClick={onRevoke} aria-label={`End the sign-in of ${browser}`}>
            End
          </Button>
        )}
      </td>
    </tr>
  );
}

import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import { MentionsMenu } from "@/review/MentionsMenu";
import { AccountMenu } from "./AccountMenu";
import { DisplayMenu } from "./DisplayMenu";
import "./TopBar.css";
import { Wordmark } from "./Wordmark";
import { WorkspaceNav } from "./WorkspaceNav";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher";

export function TopBar({ onHelp }: { onHelp: () => void }) {
  const { data: self } = useSuspenseQuery(selfQuery);
  const params = useParams({ strict: false });
  const grant = grantOf(self, params.workspace ?? "") ?? self.workspaces[0];

  return (
    <header className="top-bar">
      <Link to="/" className="top-bar-home" aria-label="Argus, home">
        <Wordmark />
      </Link>
      {grant && (
        <>
          <span className="top-bar-slash" aria-hidden="true">
            /
          </span>
          <WorkspaceSwitcher self={self} workspace={grant.name} />
          <WorkspaceNav grant={grant} />
        </>
      )}
      <div className="top-bar-end">
        {grant && mayDo(grant, "sessions.read") && <MentionsMenu key={grant.name} workspace={grant.name} />}
        <DisplayMenu onHelp={onHelp} />
        <AccountMenu self={self} />
      </div>
    </header>
  );
}

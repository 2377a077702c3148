import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import { AccountMenu } from "./AccountMenu";
import { DisplayMenu } from "./DisplayMenu";
import "./TopBar.css";
import { Wordmark } from "./Wordmark";
import { WorkspaceSwitcher } from "./WorkspaceSwitcher";

export function TopBar() {
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
          <WorkspaceSwitcher self={self} workspace={grant.name} />
          <nav className="top-bar-nav" aria-label="Workspace">
            <Link to="/w/$workspace/sessions" params={{ workspace: grant.name }}>
              Sessions
            </Link>
            {(mayDo(grant, "members.read") || mayDo(grant, "keys.read")) && (
              <Link to="/w/$workspace/settings" params={{ workspace: grant.name }}>
                Settings
              </Link>
            )}
          </nav>
        </>
      )}
      <div className="top-bar-end">
        <DisplayMenu />
        <AccountMenu self={self} />
      </div>
    </header>
  );
}

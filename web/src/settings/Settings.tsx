import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import { NotFound } from "@/shell/NotFound";
import "./Settings.css";

export function Settings() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/settings" });
  const { data: self } = useSuspenseQuery(selfQuery);
  const grant = grantOf(self, workspace);

  if (!mayDo(grant, "members.read")) {
    return <NotFound />;
  }
  return (
    <div className="page page-narrow">
      <h1>Settings</h1>
      <nav className="settings-nav" aria-label="Settings">
        <Link to="/w/$workspace/settings/members" params={{ workspace }}>
          Members
        </Link>
        {mayDo(grant, "keys.read") && (
          <Link to="/w/$workspace/settings/keys" params={{ workspace }}>
            Keys
          </Link>
        )}
      </nav>
      <Outlet />
    </div>
  );
}

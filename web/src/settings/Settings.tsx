import { useSuspenseQuery } from "@tanstack/react-query";
import { Link, Outlet, useParams } from "@tanstack/react-router";
import { grantOf, selfQuery } from "@/api/self";
import { NotFound } from "@/shell/NotFound";
import { settingsTabs } from "./tabs";
import "./Settings.css";

export function Settings() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/settings" });
  const { data: self } = useSuspenseQuery(selfQuery);
  const tabs = settingsTabs(grantOf(self, workspace));

  if (tabs.length === 0) {
    return <NotFound />;
  }
  return (
    <div className="page page-narrow">
      <h1>Settings</h1>
      <nav className="settings-nav" aria-label="Settings">
        {tabs.map(({ name, to }) => (
          <Link key={to} to={to} params={{ workspace }}>
            {name}
          </Link>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}

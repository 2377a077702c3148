import { useSuspenseQuery } from "@tanstack/react-query";
import { Outlet, useNavigate, useParams } from "@tanstack/react-router";
import { grantOf, selfQuery } from "@/api/self";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { NotFound } from "./NotFound";

/** Everything below a workspace that the reader is a member of. */
export function Workspace() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace" });
  const { data: self } = useSuspenseQuery(selfQuery);
  const navigate = useNavigate();

  useShortcuts("Everywhere", [
    {
      keys: "g s",
      does: "Go to sessions",
      run: () => void navigate({ to: "/w/$workspace/sessions", params: { workspace } }),
    },
  ]);

  return grantOf(self, workspace) ? <Outlet /> : <NotFound />;
}

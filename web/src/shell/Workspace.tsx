import { useSuspenseQuery } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { grantOf, selfQuery } from "@/api/self";
import { NotFound } from "./NotFound";

/** Everything below a workspace that the reader is a member of. */
export function Workspace() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace" });
  const { data: self } = useSuspenseQuery(selfQuery);
  return grantOf(self, workspace) ? <Outlet /> : <NotFound />;
}

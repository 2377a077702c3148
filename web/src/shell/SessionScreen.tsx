import { useParams, useSearch } from "@tanstack/react-router";
import { SessionPage } from "@/replay/SessionPage";

/** The replay of one session; the address says which place in it. */
export function SessionScreen() {
  const params = useParams({ strict: false });
  const search = useSearch({ from: "/signed-in/w/$workspace/sessions/$session" });
  const { mode = "full", find, tab = "details" } = search;
  const { workspace = "", session = "", turn, step, agent } = params;
  return (
    <SessionPage
      key={`${workspace}/${session}/${agent ?? ""}`}
      workspace={workspace}
      session={session}
      turn={turn}
      step={step}
      agent={agent}
      mode={mode}
      find={find}
      tab={tab}
    />
  );
}

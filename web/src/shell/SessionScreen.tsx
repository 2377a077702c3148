import { useParams, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { rememberSession } from "@/palette/recent";
import { SessionPage } from "@/replay/SessionPage";
import { parseSessionSearch } from "@/replay/session-search";
import { QueueFlow } from "@/review/QueueFlow";

/** The replay of one session; the address says which place in it, and whether it is one of a queue's. */
export function SessionScreen() {
  const params = useParams({ strict: false });
  // What a route does not know stays in its search: only what is read again is what it says.
  const search = parseSessionSearch(useSearch({ from: "/signed-in/w/$workspace/sessions/$session" }));
  const { mode = "full", find, tab = "details", queue, view, at } = search;
  const { workspace = "", session = "", turn, step, agent } = params;
  useEffect(() => rememberSession(workspace, session), [workspace, session]);
  const page = (
    <SessionPage
      key={`${workspace}/${session}/${agent ?? ""}`}
      workspace={workspace}
      session={session}
      turn={turn}
      step={step}
      agent={agent}
      mode={mode}
      find={find}
      at={at}
      tab={tab}
      view={view}
    />
  );
  return queue === undefined ? (
    page
  ) : (
    <QueueFlow key={`${workspace}/${queue}`} workspace={workspace} queue={queue} session={session}>
      {page}
    </QueueFlow>
  );
}

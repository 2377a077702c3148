import { useQuery } from "@tanstack/react-query";
import { isApiError } from "@/api/error";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { headQuery, stepsQuery, turnsQuery } from "./data";
import { ReplayScreen } from "./ReplayScreen";
import { ReplaySkeleton } from "./ReplaySkeleton";
import { visibleLine } from "./text/visible";
import "./session-page.css";

export interface SessionPageProps {
  workspace: string;
  session: string;
  turn: string | undefined;
  step: string | undefined;
  agent: string | undefined;
}

const TITLE_MAX = 80;

/** The replay of one session, or of one sub-agent in it. */
export function SessionPage({ workspace, session, turn, step, agent }: SessionPageProps) {
  const head = useQuery(headQuery(workspace, session));
  const turns = useQuery(turnsQuery(workspace, session));
  // A sub-agent's steps are counted by asking for the first of them.
  const agentSteps = useQuery({ ...stepsQuery(workspace, session, agent, 0), enabled: agent !== undefined });

  const failed = [head, turns, agentSteps].find((query) => query.isError && query.data === undefined);
  if (failed) {
    return (
      <div className="page">
        <PageTitle>Session</PageTitle>
        {isApiError(failed.error, "not_found") ? (
          <Notice title="No such session">
            <p>It does not exist, it was erased, or you may not read it.</p>
          </Notice>
        ) : (
          <ErrorNotice
            title="The session could not be fetched"
            error={failed.error}
            onRetry={() => {
              head.refetch();
              turns.refetch();
            }}
          />
        )}
      </div>
    );
  }
  if (!head.data || !turns.data || (agent !== undefined && !agentSteps.data)) {
    return (
      <>
        <PageTitle>Session</PageTitle>
        <ReplaySkeleton />
      </>
    );
  }
  return (
    <>
      <PageTitle>{visibleLine(head.data.title ?? "Untitled session", TITLE_MAX)}</PageTitle>
      <ReplayScreen
        workspace={workspace}
        session={session}
        agent={agent}
        turn={turn}
        step={step}
        head={head.data}
        turns={turns.data}
        agentSteps={agentSteps.data?.total ?? 0}
      />
    </>
  );
}

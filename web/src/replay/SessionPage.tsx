import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { isApiError, isGone } from "@/api/error";
import type { TurnRow } from "@/api/types";
import { ReaderScreen } from "@/review/ReaderScreen";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { conversationQuery, headQuery, kindsQuery, stepQuery, stepsQuery, turnsQuery } from "./data";
import { GoneSession } from "./GoneSession";
import type { Tab } from "./inspector/tabs";
import { foldsRuns, type Mode } from "./layout/fold-rule";
import { pageOffset } from "./layout/pages";
import { ReplayScreen } from "./ReplayScreen";
import { ReplaySkeleton } from "./ReplaySkeleton";
import type { SessionSearch } from "./session-search";
import { visibleLine } from "./text/visible";
import "./session-page.css";

export interface SessionPageProps {
  workspace: string;
  session: string;
  turn: string | undefined;
  step: string | undefined;
  agent: string | undefined;
  mode: Mode;
  find: string | undefined;
  at: SessionSearch["at"];
  tab: Tab;
  view?: "reader" | undefined;
}

const TITLE_MAX = 80;

/** The replay of one session, or of one sub-agent in it. */
export function SessionPage(props: SessionPageProps) {
  const { workspace, session, agent } = props;
  const head = useQuery(headQuery(workspace, session));
  const turns = useQuery(turnsQuery(workspace, session));
  // A sub-agent's steps are counted by asking for the first of them.
  const agentSteps = useQuery({ ...stepsQuery(workspace, session, agent, 0), enabled: agent !== undefined });
  const opening = useOpening(props, turns.data);
  useFocusInView(props.view);

  const queries = [head, turns, agentSteps];
  // What was made private is not left on a screen that had it.
  const gone = queries.find(({ error }) => isGone(error));
  if (gone) {
    return <GoneSession error={gone.error} />;
  }
  const failed = queries.find((query) => query.isError && query.data === undefined);
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
  if (!head.data || !turns.data || (agent !== undefined && !agentSteps.data) || opening === undefined) {
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
      {props.view === "reader" && agent === undefined ? (
        <ReaderScreen
          workspace={workspace}
          session={session}
          turn={props.turn}
          head={head.data}
          turns={turns.data}
        />
      ) : (
        <ReplayScreen
          {...props}
          firstStep={opening}
          head={head.data}
          turns={turns.data}
          agentSteps={agentSteps.data?.total ?? 0}
        />
      )}
    </>
  );
}

/** What had the focus goes with the view that it was in: what scrolls in the other has it then. */
function useFocusInView(view: SessionPageProps["view"]) {
  const shown = useRef(view);
  useEffect(() => {
    if (shown.current !== view) {
      shown.current = view;
      if (document.activeElement === document.body) {
        document.querySelector<HTMLElement>("[role='feed']")?.focus({ preventScroll: true });
      }
    }
  }, [view]);
}

/**
 * The step that the session opens at, once everything that its first picture needs is there: rows and remarks that
 * came later would move what is read already. Undefined until then; it does not change any more.
 */
function useOpening(
  { workspace, session, turn, step, agent, mode }: SessionPageProps,
  turns: TurnRow[] | undefined,
): number | undefined {
  const [opened, setOpened] = useState<number>();
  const waiting = opened === undefined;
  const asked = useQuery({
    ...stepQuery(workspace, session, step ?? ""),
    enabled: waiting && step !== undefined && agent === undefined,
  });
  const relatives = useQuery({ ...conversationQuery(workspace, session), enabled: waiting });
  const turnStep = turns?.find((each) => each.id === turn)?.first_step ?? 0;
  const first = asked.data?.index ?? turnStep;
  const placed = turns !== undefined && !asked.isLoading;
  const page = useQuery({
    ...stepsQuery(workspace, session, agent, pageOffset(first)),
    enabled: waiting && placed,
  });
  // Where steps are folded, what they are must be known before any row is.
  const folded = foldsRuns(mode);
  const kinds = useQuery({ ...kindsQuery({ workspace, session, agent }), enabled: waiting && folded });
  if (waiting && placed && !page.isPending && !relatives.isPending && (!folded || !kinds.isPending)) {
    setOpened(first);
  }
  return opened;
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Conversation, SessionHead } from "@/api/types";
import { GradeMark } from "@/coverage/GradeMark";
import { formatShort, plural } from "@/format/count";
import { durationBetween, formatDuration } from "@/format/duration";
import { formatCost } from "@/format/money";
import { formatExact } from "@/format/time";
import { LiveDot } from "@/ui/LiveDot";
import { Witnesses } from "@/ui/Witnesses";
import { conversationQuery } from "../data";
import { useReplay } from "../replay-context";
import { VisibleLine } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { linkWords, SURFACES } from "../wording";
import { ConversationStrip } from "./ConversationStrip";
import { FactsWithRedactions } from "./Redactions";
import { relativesOf } from "./relatives";
import { remarksOf } from "./remarks";
import "./header.css";

const TITLE_MAX = 300;

/** The session in a few lines: what, who, when, how much, and what to know before believing it. */
export function Header({ head, actions }: { head: SessionHead; actions: ReactNode }) {
  const { agent, agents } = useReplay();
  const run = agent === undefined ? undefined : agents.get(agent);
  const { totals } = head;
  const cost = formatCost(run?.totals ?? totals);
  const took = durationBetween(head.started_at, head.ended_at);
  const tokens = run?.totals ?? totals;
  return (
    <header className="replay-header">
      <div className="replay-title">
        <h1 title={head.title === null ? undefined : visibleLine(head.title, 2_000)}>
          {head.live && <LiveDot />}
          {agent !== undefined && (
            <span className="replay-part">Sub-agent {visibleLine(run?.type ?? agent, 60)} of </span>
          )}
          {head.title === null ? (
            <span className="quiet">Untitled session</span>
          ) : (
            <VisibleLine text={head.title} charactersMax={TITLE_MAX} />
          )}
        </h1>
        <div className="replay-actions">{actions}</div>
      </div>
      <FactsWithRedactions redactions={head.redactions}>
        {(redactions) => (
          <p className="replay-facts">
            <span>{head.projects.map((project) => visibleLine(project, 60)).join(", ")}</span>
            <Who user={head.user} />
            <span>
              {visibleLine([head.client.name, head.client.version].filter(Boolean).join(" "), 60)}{" "}
              {SURFACES[head.client.surface]}
            </span>
            {head.cowork !== undefined && head.cowork.folders.length > 0 && (
              <span title="Folders that the person chose in Cowork">
                {head.cowork.folders.map((folder) => visibleLine(folder, 80)).join(", ")}
              </span>
            )}
            {head.started_at !== null && (
              <span
                title={`${formatExact(head.started_at)} – ${head.ended_at === null ? "" : formatExact(head.ended_at)}`}
              >
                {period(head.started_at, head.ended_at)}
              </span>
            )}
            {took !== null && <span>{formatDuration(took)}</span>}
            <span className="replay-cost" title={cost.why}>
              {cost.text}
            </span>
            {tokens.output_tokens !== null && (
              <span title="Tokens in, from cache, out">
                {formatShort(tokens.input_tokens ?? 0)} in, {formatShort(tokens.cache_read_tokens ?? 0)}{" "}
                cached, {formatShort(tokens.output_tokens)} out
              </span>
            )}
            {(run?.totals.errors ?? totals.errors) > 0 && (
              <span className="is-error">{plural(run?.totals.errors ?? totals.errors, "error")}</span>
            )}
            {redactions}
            <GradeMark coverage={head.coverage} />
            <Witnesses sources={head.sources} />
          </p>
        )}
      </FactsWithRedactions>
      <Remarks head={head} />
    </header>
  );
}

function Who({ user }: { user: SessionHead["user"] }) {
  const name = user.email ?? user.id;
  if (name === null) {
    return <span className="quiet">user unknown</span>;
  }
  const how =
    user.from === "credential"
      ? "The credential that delivered it is this person's own"
      : "The client says so; nothing proves it";
  return (
    <span title={how}>
      {visibleLine(name.length > 40 && !user.email ? `${name.slice(0, 12)}…` : name, 80)}
      {user.from === "claim" && <span className="quiet"> (claim)</span>}
    </span>
  );
}

/** What a reader must know: gaps, notices, relatives. */
function Remarks({ head }: { head: SessionHead }) {
  const { workspace } = useReplay();
  const conversation = useQuery({
    ...conversationQuery(workspace, head.id),
    // A session without links may still be the older one of a link, which only the server knows.
    staleTime: 60_000,
  });
  const remarks = remarksOf(head);
  return (
    <>
      {remarks.length > 0 && (
        <p className="replay-remarks" title={remarks.join(" ")}>
          {remarks.join(" ")}
        </p>
      )}
      {conversation.data && (
        <>
          <Relatives head={head} conversation={conversation.data} />
          <ConversationStrip session={head.id} conversation={conversation.data} />
        </>
      )}
    </>
  );
}

function Relatives({ head, conversation }: { head: SessionHead; conversation: Conversation }) {
  const { workspace } = useReplay();
  const relatives = relativesOf(head, conversation);
  return (
    relatives.length > 0 && (
      <p className="replay-remarks">
        {relatives.map(({ session, title, kind, older, evidence }) => (
          <span
            key={`${session} ${kind}`}
            className="replay-relative"
            title={`Known by ${visibleLine(evidence, 120)}`}
          >
            {linkWords(kind)[older ? 0 : 1]}{" "}
            <Link to="/w/$workspace/sessions/$session" params={{ workspace, session }}>
              {title === null ? visibleLine(session.slice(0, 8)) : visibleLine(title, 60)}
            </Link>
          </span>
        ))}
      </p>
    )
  );
}

function period(started: string, ended: string | null): string {
  const from = new Date(started);
  const to = ended === null ? undefined : new Date(ended);
  const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
  const sameDay = to !== undefined && day.format(from) === day.format(to);
  const end =
    to === undefined ? "" : `–${sameDay ? time.format(to) : `${day.format(to)} ${time.format(to)}`}`;
  return `${day.format(from)} ${time.format(from)}${end}`;
}

import { Link } from "@tanstack/react-router";
import type { ListedSession } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { durationBetween, formatDuration } from "@/format/duration";
import { formatCost } from "@/format/money";
import type { SessionSearch } from "@/replay/session-search";
import { visibleLine } from "@/replay/text/visible";
import { LiveDot } from "@/ui/LiveDot";
import { Time } from "@/ui/Time";
import { useNow } from "@/ui/use-now";
import { Witnesses } from "@/ui/Witnesses";
import { isLive } from "./live-pages";
import { ReviewMarks } from "./ReviewMarks";
import {
  shortList,
  shortModel,
  skillNames,
  surfaceName,
  titleOf,
  type UserText,
  userWords,
} from "./session-words";

/** One session: a link, all of it. */
export function SessionRow({
  workspace,
  session,
  at,
}: {
  workspace: string;
  session: ListedSession;
  /** Where the session opens. */
  at: SessionSearch["at"];
}) {
  const { totals } = session;
  const duration = durationBetween(session.started_at, session.ended_at);
  const cost = formatCost(totals);
  const skills = skillNames(session);
  const user = userWords(session.user);

  return (
    <Link
      to="/w/$workspace/sessions/$session"
      params={{ workspace, session: session.id }}
      search={at ? { at } : {}}
      className="session-grid session-row"
    >
      <span className="cell cell-title">
        <Title session={session} />
        <Facts session={session} user={user} skills={skills} />
      </span>
      <span className="cell cell-user" title={user && `${user.full}: ${user.why}`}>
        <bdi>{user?.text}</bdi>
        {user?.claimed && <span className="cell-note">as the client claims</span>}
      </span>
      <span className="cell cell-started">{session.started_at ? <Time at={session.started_at} /> : "–"}</span>
      <span className="cell cell-duration">{duration === null ? "–" : formatDuration(duration)}</span>
      <span className="cell cell-turns">
        <Counted count={totals.turns} one="turn" />
      </span>
      <span className="cell cell-calls">
        <Counted count={totals.tool_calls} one="call" />
      </span>
      <span className="cell cell-errors">
        {totals.errors > 0 && <Counted count={totals.errors} one="error" />}
      </span>
      <span className="cell cell-cost" title={cost.why}>
        {cost.text}
        {cost.why && <span className="visually-hidden"> ({cost.why})</span>}
      </span>
      <span className="cell cell-models" title={visibleLine(session.models.join(", "))}>
        {shortList(session.models.map(shortModel), 1)}
      </span>
      <span className="cell cell-skills" title={skills.join(", ")}>
        {shortList(skills, 1)}
      </span>
      <span className="cell cell-witnesses">
        <Witnesses sources={session.sources} />
      </span>
    </Link>
  );
}

function Title({ session }: { session: ListedSession }) {
  const now = useNow();
  const title = titleOf(session);
  return (
    <span className="session-title-line">
      {isLive(session, now) && <LiveDot />}
      <bdi className={title.known ? "session-title" : "session-title session-untitled"} title={title.text}>
        {title.text}
      </bdi>
    </span>
  );
}

/** What has no column of its own; who and which skills, where their columns have no room. */
function Facts({
  session,
  user,
  skills,
}: {
  session: ListedSession;
  user: UserText | undefined;
  skills: string[];
}) {
  return (
    <span className="session-facts">
      <ReviewMarks review={session.review} />
      {user && (
        <span className="session-fact session-fact-user">
          <bdi>{user.text}</bdi>
          {user.claimed && " (claim)"}
        </span>
      )}
      <bdi className="session-fact">
        {shortList(
          session.projects.map((project) => visibleLine(project, 60)),
          2,
        )}
      </bdi>
      <span className="session-fact">{surfaceName(session.client.surface)}</span>
      {skills.length > 0 && <bdi className="session-fact session-fact-skills">{shortList(skills, 2)}</bdi>}
    </span>
  );
}

/** A number whose column says what it is; where there is no column to be seen, the word stands beside it. */
function Counted({ count, one }: { count: number; one: string }) {
  const [number, word] = [formatCount(count), plural(count, one).slice(formatCount(count).length)];
  return (
    <>
      {number}
      <span className="counted-word">{word}</span>
    </>
  );
}

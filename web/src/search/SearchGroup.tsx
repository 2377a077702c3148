import { Link } from "@tanstack/react-router";
import type { SessionHits, StepHit } from "@/api/types";
import { plural } from "@/format/count";
import { visibleLine } from "@/replay/text/visible";
import { shortList, titleOf, userWords } from "@/sessions/session-words";
import { Time } from "@/ui/Time";
import { Snippet } from "./Snippet";

const FIELD_NAMES: Record<string, string> = {
  prompt: "Prompt",
  answer: "Answer",
  thinking: "Thinking",
  input: "Tool input",
  output: "Tool output",
  error: "Error",
  notice: "Notice",
};

/** A session, and the steps of it in which something was found. */
export function SearchGroup({
  workspace,
  q,
  group: { session, hits, more },
}: {
  workspace: string;
  q: string;
  group: SessionHits;
}) {
  const user = userWords(session.user);
  const projects = session.projects.map((project) => visibleLine(project, 60));
  return (
    <li className="search-group">
      <h2>
        <Link
          to="/w/$workspace/sessions/$session"
          params={{ workspace, session: session.id }}
          search={{ find: q }}
        >
          <bdi>{titleOf(session).text}</bdi>
        </Link>
      </h2>
      <p className="search-facts">
        {session.started_at && <Time at={session.started_at} />}
        {user && <bdi>{user.text}</bdi>}
        <bdi>{shortList(projects, 2)}</bdi>
      </p>
      <ol className="search-hits">
        {hits.map((hit) => (
          <SearchHit key={hit.step} workspace={workspace} session={session.id} q={q} hit={hit} />
        ))}
      </ol>
      {more > 0 && (
        <p className="search-more">
          <Link
            to="/w/$workspace/sessions/$session"
            params={{ workspace, session: session.id }}
            search={{ find: q }}
          >
            {plural(more, "more step")} in this session
          </Link>
        </p>
      )}
    </li>
  );
}

function SearchHit({
  workspace,
  session,
  q,
  hit,
}: {
  workspace: string;
  session: string;
  q: string;
  hit: StepHit;
}) {
  return (
    <li>
      <Link
        to="/w/$workspace/sessions/$session/turns/$turn/steps/$step"
        params={{ workspace, session, turn: hit.turn, step: hit.step }}
        search={{ find: q }}
        className="search-hit"
      >
        <span className="search-field">{FIELD_NAMES[hit.field] ?? visibleLine(hit.field, 20)}</span>
        <Snippet snippet={hit.snippet} />
      </Link>
    </li>
  );
}

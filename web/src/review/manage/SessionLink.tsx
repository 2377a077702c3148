import { Link } from "@tanstack/react-router";
import { visibleLine } from "@/replay/text/visible";

const ID_SHOWN = 8;

/** A session or one of its turns in a table: what the session is called, once that is known, and the beginning of its id. */
export function SessionLink({
  workspace,
  session,
  turn,
  title,
  tab,
}: {
  workspace: string;
  session: string;
  turn: string | null;
  title: string | undefined;
  /** The tab of the inspector that it opens with. */
  tab?: "review";
}) {
  const search = tab === undefined ? {} : { tab };
  const words = title ?? "Session";
  return (
    <>
      {turn === null ? (
        <Link to="/w/$workspace/sessions/$session" params={{ workspace, session }} search={search}>
          {words}
        </Link>
      ) : (
        <Link
          to="/w/$workspace/sessions/$session/turns/$turn"
          params={{ workspace, session, turn }}
          search={search}
        >
          {words}
        </Link>
      )}
      <span className="table-note">
        {turn !== null && "a turn, "}
        <span className="mono">{visibleLine(session.slice(0, ID_SHOWN))}</span>
      </span>
    </>
  );
}

import { Link, useParams } from "@tanstack/react-router";
import { isApiError } from "@/api/error";
import { Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Time } from "@/ui/Time";

/** What stands where a session was: that its person made it private, or that it was erased, and since when. */
export function GoneSession({ error }: { error: unknown }) {
  const { workspace = "" } = useParams({ strict: false });
  const isPrivate = isApiError(error, "session_private");
  const at = isApiError(error) ? error.tombstone?.at : undefined;
  return (
    <div className="page">
      <PageTitle>{isPrivate ? "Private session" : "Erased session"}</PageTitle>
      <Notice
        title={isPrivate ? "This session is private" : "This session was erased"}
        level={1}
        actions={
          <Link to="/w/$workspace/sessions" params={{ workspace }}>
            To the sessions
          </Link>
        }
      >
        <p>
          {isPrivate ? "Its person made it private" : "It was erased"}
          {at !== undefined && (
            <>
              {" "}
              <Time at={at} />
            </>
          )}
          {isPrivate && ", as this workspace’s policy allows"}. What was captured of it is gone for everyone,
          and nothing more of it is taken.
        </p>
        <p>
          {isPrivate
            ? "Nothing is wrong, and nobody can bring it back. That it was there, and when it went, stays in the ledger."
            : "Nobody can bring it back. That it was there, and who erased it, stays in the ledger."}
        </p>
      </Notice>
    </div>
  );
}

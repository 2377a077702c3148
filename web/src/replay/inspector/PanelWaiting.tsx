import { messageOf } from "@/api/error";
import { Skeleton } from "@/ui/Skeleton";

/** A tab whose contents are on their way, or did not come. */
export function PanelWaiting({
  what,
  query,
}: {
  /** "The tools". */
  what: string;
  query: { error: Error | null; isError: boolean; refetch: () => unknown };
}) {
  if (query.isError) {
    return (
      <p className="panel-error" role="alert">
        {what} could not be fetched. {messageOf(query.error)}{" "}
        <button type="button" className="long-text-more" onClick={() => query.refetch()}>
          Try again
        </button>
      </p>
    );
  }
  return (
    <div className="panel-waiting" aria-hidden="true">
      <Skeleton width="7em" />
      <Skeleton width="16em" />
      <Skeleton width="14em" />
      <Skeleton width="15em" />
    </div>
  );
}

import { Skeleton } from "@/ui/Skeleton";

const ROWS = ["62%", "84%", "41%", "76%", "58%", "70%"];

/** The screen's own shape, so that nothing moves when the session comes. */
export function ReplaySkeleton() {
  return (
    <div className="replay" aria-busy="true">
      <p className="visually-hidden" role="status">
        Fetching the session
      </p>
      <header className="replay-header">
        <div className="replay-title">
          <h1>
            <Skeleton width="18em" />
          </h1>
        </div>
        <p className="replay-facts">
          <Skeleton width="32em" />
        </p>
      </header>
      <div className="replay-panes">
        <div className="replay-pane pane-outline skeleton-pane">
          {ROWS.map((width) => (
            <Skeleton key={width} width={width} />
          ))}
        </div>
        <div className="replay-pane pane-transcript skeleton-pane skeleton-transcript">
          {ROWS.map((width) => (
            <Skeleton key={width} width={width} />
          ))}
        </div>
        <div className="replay-pane pane-inspector skeleton-pane">
          {ROWS.map((width) => (
            <Skeleton key={width} width={width} />
          ))}
        </div>
      </div>
    </div>
  );
}

import type { SessionSort } from "@/api/types";
import { Skeleton } from "@/ui/Skeleton";
import "./SessionTable.css";
import { SessionTableHead } from "./SessionTableHead";

const TITLE_WIDTHS = ["62%", "48%", "74%", "55%", "66%", "40%", "70%", "52%", "60%", "45%", "68%", "50%"];

/** The table's own lines and heights, so that nothing moves when the sessions come. */
export function SessionTableSkeleton({ workspace, sort }: { workspace: string; sort: SessionSort }) {
  return (
    <div className="session-table">
      <SessionTableHead workspace={workspace} sort={sort} />
      <p role="status" className="visually-hidden">
        Loading sessions
      </p>
      <div aria-hidden="true">
        {TITLE_WIDTHS.map((width) => (
          <div key={width} className="session-line">
            <span />
            <div className="session-grid session-row">
              <span className="cell cell-title">
                <span className="session-title">
                  <Skeleton width={width} />
                </span>
                <span className="session-facts">
                  <Skeleton width="30%" />
                </span>
              </span>
              <span className="cell cell-user">
                <Skeleton width="70%" />
              </span>
              <span className="cell cell-started">
                <Skeleton width="4.5rem" />
              </span>
              <span className="cell cell-duration">
                <Skeleton width="2.5rem" />
              </span>
              <span className="cell cell-turns">
                <Skeleton width="1rem" />
              </span>
              <span className="cell cell-calls">
                <Skeleton width="1rem" />
              </span>
              <span className="cell cell-errors" />
              <span className="cell cell-cost">
                <Skeleton width="3rem" />
              </span>
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}

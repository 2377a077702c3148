import { Link } from "@tanstack/react-router";
import type { SessionSort } from "@/api/types";
import { COLUMNS } from "./columns";

/** Names of the columns; those that the server can order by are links. */
export function SessionTableHead({ sort, workspace }: { sort: SessionSort; workspace: string }) {
  return (
    <nav className="session-table-head session-grid" aria-label="Order">
      {COLUMNS.map((column) => (
        <span
          key={column.id}
          className={`cell cell-${column.id} ${column.sort ? "cell-sorts" : ""}`}
          title={column.says}
        >
          {column.sort ? (
            <Link
              to="/w/$workspace/sessions"
              params={{ workspace }}
              search={(before) => ({ ...before, sort: column.sort })}
              title={column.sort === "started" ? "Latest first" : "Highest first"}
              className={column.sort === sort ? "sorted" : undefined}
              aria-current={column.sort === sort ? "true" : undefined}
            >
              {column.name}
            </Link>
          ) : (
            <span className="column-name">{column.name}</span>
          )}
        </span>
      ))}
    </nav>
  );
}

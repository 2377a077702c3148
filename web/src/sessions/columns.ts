import type { SessionSort } from "@/api/types";

export interface Column {
  id: string;
  name: string;
  /** Named in full for those who do not see the table. */
  says?: string;
  sort?: SessionSort;
}

/** In order; which of them a width has room for is SessionTable.css's to say. */
export const COLUMNS: readonly Column[] = [
  { id: "title", name: "Session" },
  { id: "user", name: "User" },
  { id: "started", name: "Started", sort: "started" },
  { id: "duration", name: "Duration", sort: "duration" },
  { id: "turns", name: "Turns", says: "Turns, without built-in commands and what a fork copied" },
  { id: "calls", name: "Calls", says: "Tool calls" },
  { id: "errors", name: "Errors", says: "Errors, calls that were not let run included", sort: "errors" },
  { id: "cost", name: "Cost", sort: "cost" },
  { id: "models", name: "Models" },
  { id: "skills", name: "Skills" },
  { id: "witnesses", name: "Witnesses" },
];

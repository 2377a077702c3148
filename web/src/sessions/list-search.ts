import type { SessionSort } from "@/api/types";

const SORTS: readonly SessionSort[] = ["started", "cost", "duration", "errors"];

/** What the list's address says. `started` is the order that goes without saying. */
export interface ListSearch {
  filter?: string | undefined;
  sort?: SessionSort | undefined;
}

export function parseListSearch(search: Record<string, unknown>): ListSearch {
  const parsed: ListSearch = {};
  if (typeof search.filter === "string" && search.filter.trim() !== "") {
    parsed.filter = search.filter;
  }
  const sort = SORTS.find((each) => each === search.sort);
  if (sort !== undefined && sort !== "started") {
    parsed.sort = sort;
  }
  return parsed;
}

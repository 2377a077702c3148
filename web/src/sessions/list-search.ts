import type { SessionSort } from "@/api/types";
import { parseFold } from "./fold";

const SORTS: readonly SessionSort[] = ["started", "cost", "duration", "errors"];

/**
 * What the list's address says. `started` is the order that goes without saying. A saved view stands beside the filter that it
 * brought, so that the address shows what it shows whoever opens it; alone, it is looked up.
 */
export interface ListSearch {
  filter?: string | undefined;
  sort?: SessionSort | undefined;
  fold?: string | undefined;
  view?: string | undefined;
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
  const fold = parseFold(search.fold).join(",");
  if (fold !== "") {
    parsed.fold = fold;
  }
  if (typeof search.view === "string" && /^[a-z0-9_]{1,64}$/.test(search.view)) {
    parsed.view = search.view;
  }
  return parsed;
}

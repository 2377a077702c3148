import type { SessionSort, View } from "@/api/types";
import type { ListSearch } from "@/sessions/list-search";

/** What a list shows, all of it. */
export interface Shown {
  filter: string;
  sort: SessionSort;
  fold: string;
}

/** What a view shows. */
export function shownBy(view: View): Shown {
  return { filter: view.filter, sort: view.sort as SessionSort, fold: view.fold.join(",") };
}

/** The filter that finds what a view shows: what it folds is left out. */
export function filterOf({ filter, fold }: View): string {
  return `${filter} ${fold.length > 0 ? `-kind:${fold.join(",")}` : ""}`.trim();
}

/** The address of a view: whole, so that it shows the same to those who do not see the view. */
export function searchOf(view: View): ListSearch {
  return searchFor(shownBy(view), view);
}

/** The address of what is shown; with the view that it came from, unless nothing is left of it. */
export function searchFor({ filter, sort, fold }: Shown, view?: View): ListSearch {
  const search: ListSearch = {
    ...(filter.trim() !== "" && { filter }),
    ...(sort !== "started" && { sort }),
    ...(fold !== "" && { fold }),
  };
  return view && Object.keys(search).length > 0 ? { ...search, view: view.id } : search;
}

/** What an address shows. A view that stands alone in it brings its own. */
export function shownAt(search: ListSearch, view: View | undefined): Shown {
  const { filter = "", sort = "started", fold = "" } = search;
  const isAlone = search.filter === undefined && search.sort === undefined && search.fold === undefined;
  return view && isAlone ? shownBy(view) : { filter, sort, fold };
}

export function isSame(one: Shown, other: Shown): boolean {
  return one.filter.trim() === other.filter.trim() && one.sort === other.sort && one.fold === other.fold;
}

/** What the search page's address says. */
export interface TextSearch {
  q?: string | undefined;
  filter?: string | undefined;
}

const QUERY_MAX = 1000;

export function parseTextSearch({ q, filter }: Record<string, unknown>): TextSearch {
  return {
    ...(typeof q === "string" && q.trim() !== "" && { q: q.slice(0, QUERY_MAX) }),
    ...(typeof filter === "string" && filter.trim() !== "" && { filter }),
  };
}

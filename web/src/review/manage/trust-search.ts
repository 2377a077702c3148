/** What the address of the agreement page says: which judgements are looked at. */
export interface TrustSearch {
  rubric?: string;
  queue?: string;
  /** Days, as `2026-11-01`, in the reader's zone; both are meant whole. */
  from?: string;
  to?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function parseTrustSearch({ rubric, queue, from, to }: Record<string, unknown>): TrustSearch {
  return {
    ...(typeof rubric === "string" && rubric !== "" && { rubric }),
    ...(typeof queue === "string" && queue !== "" && { queue }),
    ...(typeof from === "string" && DAY.test(from) && { from }),
    ...(typeof to === "string" && DAY.test(to) && { to }),
  };
}

/** As the server is asked. */
export function trustQueryOf({ rubric, queue, from, to }: TrustSearch) {
  return {
    rubric,
    queue,
    from: from === undefined ? undefined : startOf(from, 0),
    to: to === undefined ? undefined : startOf(to, 1),
  };
}

function startOf(day: string, later: number): string | undefined {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const at = new Date(year, month - 1, date + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

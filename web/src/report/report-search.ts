/** The report's address: `?project=acme&from=2026-11-01&to=2026-11-30`, both days included. */
export interface ReportSearch {
  project?: string;
  from?: string;
  to?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function parseReportSearch(search: Record<string, unknown>): ReportSearch {
  const { project, from, to } = search;
  return {
    ...(typeof project === "string" && project !== "" ? { project } : {}),
    ...(isDay(from) ? { from } : {}),
    ...(isDay(to) ? { to } : {}),
  };
}

function isDay(text: unknown): text is string {
  return typeof text === "string" && DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));
}

/** The day after a day. */
export function dayAfter(day: string): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString().slice(0, 10);
}

/** The month that is going on, up to today, in UTC; on its first day the month before. */
export function thisMonth(now: Date): { from: string; to: string } {
  const to = now.toISOString().slice(0, 10);
  const first = new Date(
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (now.getUTCDate() === 1 ? 1 : 0), 1),
  );
  return { from: first.toISOString().slice(0, 10), to };
}

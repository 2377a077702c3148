const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayWithYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const exact = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  timeZoneName: "short",
});

/** When, as a person would say it: `just now`, `4 min ago`, `3 h ago`, `yesterday 14:02`, `Sun 14:02`, `3 Nov 14:02`. */
export function formatWhen(time: string, now: number): string {
  const at = Date.parse(time);
  const ago = now - at;
  if (ago >= -MINUTE && ago < MINUTE) {
    return "just now";
  }
  if (ago > 0 && ago < HOUR) {
    return `${Math.floor(ago / MINUTE)} min ago`;
  }
  const days = daysBetween(at, now);
  if (ago > 0 && (days === 0 || ago < 6 * HOUR)) {
    return `${Math.floor(ago / HOUR)} h ago`;
  }
  if (days === 1) {
    return `yesterday ${clock.format(at)}`;
  }
  if (days > 1 && days < 7) {
    return `${weekday.format(at)} ${clock.format(at)}`;
  }
  return new Date(at).getFullYear() === new Date(now).getFullYear()
    ? `${dayOfYear.format(at)} ${clock.format(at)}`
    : dayWithYear.format(at);
}

/** The moment in full, in the reader's own zone. */
export function formatExact(time: string): string {
  return exact.format(Date.parse(time));
}

/** Local days from one moment to the other; daylight saving makes days of 23 and 25 hours. */
function daysBetween(from: number, to: number): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY);
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

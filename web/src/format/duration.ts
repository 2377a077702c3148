/** A length of time in its two largest units: `840ms`, `4.2s`, `3m 05s`, `2h 14m`, `3d 4h`. */
export function formatDuration(us: number): string {
  const ms = us / 1000;
  if (ms < 1) {
    return us <= 0 ? "0s" : "<1ms";
  }
  if (ms < 999.5) {
    return `${Math.round(ms)}ms`;
  }
  const seconds = ms / 1000;
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)}s`;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole}s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)}m ${pad(whole % 60)}s`;
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 24 * 60) {
    return `${Math.floor(minutes / 60)}h ${pad(minutes % 60)}m`;
  }
  const hours = Math.round(seconds / 3600);
  return `${Math.floor(hours / 24)}d ${hours % 24}h`;
}

/** From one RFC 3339 time to another, in microseconds; null when either is missing. */
export function durationBetween(start: string | null, end: string | null): number | null {
  return start === null || end === null ? null : Math.max(0, Date.parse(end) - Date.parse(start)) * 1000;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

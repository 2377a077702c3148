const whole = new Intl.NumberFormat("en-US");

/** A number with its thousands apart: `12,345`. */
export function formatCount(number: number): string {
  return whole.format(number);
}

/** Tokens and the like, short: `950`, `12.3k`, `4.1M`. */
export function formatShort(number: number): string {
  if (number < 1000) {
    return String(number);
  }
  const [value, unit] =
    number < 999_950 ? [number / 1e3, "k"] : number < 999_950_000 ? [number / 1e6, "M"] : [number / 1e9, "G"];
  return `${value < 99.95 ? value.toFixed(1) : Math.round(value)}${unit}`;
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) {
    return `${bytes} B`;
  }
  const [value, unit] =
    bytes < 999_950 ? [bytes / 1e3, "kB"] : bytes < 999_950_000 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${value < 99.95 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** `1 session`, `2 sessions`. */
export function plural(number: number, one: string, many = `${one}s`): string {
  return `${formatCount(number)} ${number === 1 ? one : many}`;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

/** The time of day to the second, in the reader's own zone: `14:02:31`. */
export function clockSeconds(time: string): string {
  return clock.format(Date.parse(time));
}

import { formatExact } from "@/format/time";
import { useNow } from "@/ui/use-now";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SOON = DAY;

/** When something is to be done by; what is late or soon stands out. */
export function DueTime({ at }: { at: string }) {
  const now = useNow();
  const left = Date.parse(at) - now;
  return (
    <time
      dateTime={at}
      title={formatExact(at)}
      className={left < 0 ? "is-error" : left < SOON ? "is-denied" : "quiet"}
    >
      {dueWords(left)}
    </time>
  );
}

export function dueWords(leftMs: number): string {
  const size = Math.abs(leftMs);
  const words =
    size < HOUR
      ? `${Math.max(1, Math.round(size / 60_000))} min`
      : size < 2 * DAY
        ? `${Math.round(size / HOUR)} h`
        : `${Math.round(size / DAY)} days`;
  return leftMs < 0 ? `${words} late` : `due in ${words}`;
}

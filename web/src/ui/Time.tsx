import { formatExact, formatWhen } from "@/format/time";
import { useNow } from "./use-now";

/** A moment as a person would say it, with the exact one on hover. */
export function Time({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={formatExact(at)}>
      {formatWhen(at, now)}
    </time>
  );
}

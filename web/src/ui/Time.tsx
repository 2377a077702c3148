import { formatExact, formatRelative } from "@/format/time";
import { useNow } from "./use-now";

/** A moment, said relatively, with the exact one on hover. */
export function Time({ at }: { at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={formatExact(at)}>
      {formatRelative(at, now)}
    </time>
  );
}

import { formatCount } from "@/format/count";

/** How much of a queue is done, as a bar with its numbers. */
export function QueueProgress({ done, total }: { done: number; total: number }) {
  const part = total === 0 ? 0 : Math.min(1, done / total);
  return (
    <span className="queue-progress">
      <span className="queue-progress-bar" aria-hidden="true">
        <span style={{ width: `${part * 100}%` }} />
      </span>
      <span>
        {formatCount(done)} of {formatCount(total)}
      </span>
    </span>
  );
}

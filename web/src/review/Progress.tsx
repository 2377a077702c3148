import { formatCount } from "@/format/count";

/** How much of something is done, as a bar with its numbers. */
export function Progress({ done, total }: { done: number; total: number }) {
  const part = total === 0 ? 0 : Math.min(1, done / total);
  return (
    <span className="progress">
      <span className="progress-bar" aria-hidden="true">
        <span style={{ width: `${part * 100}%` }} />
      </span>
      <span className="progress-numbers">
        {formatCount(done)} of {formatCount(total)}
      </span>
    </span>
  );
}

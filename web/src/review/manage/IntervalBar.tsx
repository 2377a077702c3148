import type { Interval } from "@/api/queues";

/** A figure with its interval on an axis; zero is marked where it is on it. The numbers stand beside it. */
export function IntervalBar({
  value,
  interval,
  from,
  to,
}: {
  value: number;
  interval: Interval | null;
  from: number;
  to: number;
}) {
  const place = (at: number) => Math.min(100, Math.max(0, ((at - from) / (to - from)) * 100));
  return (
    <span className="interval" aria-hidden="true">
      <span className="interval-axis" />
      {from < 0 && to > 0 && <span className="interval-zero" style={{ left: `${place(0)}%` }} />}
      {interval && (
        <span
          className="interval-range"
          style={{ left: `${place(interval.low)}%`, width: `${place(interval.high) - place(interval.low)}%` }}
        />
      )}
      <span className="interval-point" style={{ left: `${place(value)}%` }} />
    </span>
  );
}

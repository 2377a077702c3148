import type { TimelineSegment } from "@/api/types";
import { formatDuration } from "@/format/duration";
import { axisTimes } from "./axis-times";
import type { View } from "./scale";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
/** Below this, minutes say too little. */
const SECONDS_BELOW_US = 10 * 60 * 1_000_000;

export function AxisTimes({
  segments,
  view,
  width,
}: {
  segments: readonly TimelineSegment[];
  view: View;
  width: number;
}) {
  const format = view.to - view.from < SECONDS_BELOW_US ? exact : clock;
  return (
    <p className="timeline-times" aria-hidden="true">
      {axisTimes(segments, view, width).map(({ x, time, gapUs }) => (
        <span key={x} style={{ insetInlineStart: x }}>
          {gapUs !== undefined && <i>{formatDuration(gapUs)} later</i>} {format.format(time)}
        </span>
      ))}
    </p>
  );
}

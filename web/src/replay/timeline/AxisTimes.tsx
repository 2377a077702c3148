import type { TimelineSegment } from "@/api/types";
import { formatDuration } from "@/format/duration";
import { axisTimes } from "./axis-times";
import type { View } from "./scale";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const fine = new Intl.DateTimeFormat("en-GB", {
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 1,
});
/** Below these, minutes and seconds say too little. */
const SECONDS_BELOW_US = 10 * 60 * 1_000_000;
const TENTHS_BELOW_US = 20 * 1_000_000;

export function AxisTimes({
  segments,
  view,
  width,
}: {
  segments: readonly TimelineSegment[];
  view: View;
  width: number;
}) {
  const length = view.to - view.from;
  const format = length < TENTHS_BELOW_US ? fine : length < SECONDS_BELOW_US ? exact : clock;
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

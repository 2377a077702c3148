import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { TimelineSpan, TimelineView } from "@/api/types";
import { formatDuration } from "@/format/duration";
import { useReplay } from "../replay-context";
import { AxisTimes } from "./AxisTimes";
import type { Annotation } from "./annotations";
import { coloursOf, draw, heightOf, LANE_WORDS, type LaneName, laneAt } from "./picture";
import { breaksIn, positionAt, spanAt, timeOf, type View, xOf } from "./scale";
import { useThemed } from "./use-themed";
import { markWords, spanWords } from "./words";

interface LanesProps {
  timeline: TimelineView;
  annotations: readonly Annotation[];
  lanes: readonly LaneName[];
  /** The lane that the keyboard moves in. */
  lane: LaneName;
  view: View;
  /** Where the reader is. */
  place: number | undefined;
  /** What is there, in words. */
  words: string;
  onKeyDown: (event: KeyboardEvent) => void;
  onZoom: (factor: number, at: number) => void;
  onPan: (by: number) => void;
  onSelect: (lane: LaneName, span: TimelineSpan) => void;
  onMark: (step: number) => void;
}

interface Under {
  x: number;
  y: number;
  words: string;
}

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
/** Closer marks than this are under the pointer. */
const MARK_NEAR = 6;

export function Lanes(props: LanesProps) {
  const {
    timeline,
    annotations,
    lanes,
    lane,
    view,
    place,
    words,
    onKeyDown,
    onZoom,
    onPan,
    onSelect,
    onMark,
  } = props;
  const { agents } = useReplay();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [under, setUnder] = useState<Under>();
  const themed = useThemed();
  const height = heightOf(lanes);

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) {
      return;
    }
    setWidth(element.clientWidth);
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d");
    if (!element || !context || width === 0) {
      return;
    }
    const ratio = devicePixelRatio || 1;
    element.width = Math.round(width * ratio);
    element.height = Math.round(height * ratio);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw(context, { timeline, annotations, lanes, view, width, colours: coloursOf(element) });
  }, [timeline, annotations, lanes, view, width, height, themed]);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    const at = positionAt(event.offsetX, view, width);
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      onZoom(Math.exp(Math.max(-60, Math.min(60, event.deltaY)) / 100), at);
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      onPan((event.deltaX / Math.max(1, width)) * (view.to - view.from));
    }
  });
  useEffect(() => {
    const element = frame.current;
    // React listens passively: the page would zoom with it.
    const listen = (event: WheelEvent) => onWheel(event);
    element?.addEventListener("wheel", listen, { passive: false });
    return () => element?.removeEventListener("wheel", listen);
  }, []);

  const found = (x: number, y: number) => {
    const name = laneAt(y, lanes);
    if (name === undefined) {
      const mark = timeline.marks
        .map((each) => ({ mark: each, away: Math.abs(xOf(each.at, view, width) - x) }))
        .filter(({ away }) => away <= MARK_NEAR)
        .sort((one, other) => one.away - other.away)[0]?.mark;
      return { name: undefined, span: undefined, mark };
    }
    const spans = timeline.lanes.find((each) => each.lane === name)?.spans ?? [];
    return { name, span: spanAt(spans, x, view, width), mark: undefined };
  };
  const onMove = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const { name, span, mark } = found(x, y);
    const time = timeOf(positionAt(x, view, width), timeline.segments);
    const what = mark ? markWords(mark) : span && name ? spanWords(name, span, agents) : undefined;
    const when = time === undefined ? "" : clock.format(time);
    setUnder({ x, y, words: what === undefined ? when : `${what} · ${when}` });
  };
  const onPress = (event: MouseEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    const { name, span, mark } = found(event.clientX - box.left, event.clientY - box.top);
    if (mark) {
      onMark(mark.step);
    } else if (span && name) {
      onSelect(name, span);
    }
  };
  const placeX = place === undefined ? undefined : xOf(place, view, width);

  return (
    <div className="timeline-body">
      <ul className="timeline-names" aria-hidden="true">
        {lanes.map((name) => (
          <li key={name} className={name === lane ? "timeline-name-current" : undefined}>
            {LANE_WORDS[name]}
          </li>
        ))}
      </ul>
      <div className="timeline-frame">
        <div
          ref={frame}
          className="timeline-lanes"
          style={{ height }}
          role="slider"
          tabIndex={0}
          aria-label="Place in the session"
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={Math.round(timeline.length / 1_000)}
          aria-valuenow={Math.round((place ?? 0) / 1_000)}
          aria-valuetext={`${LANE_WORDS[lane]}: ${words}`}
          onKeyDown={onKeyDown}
          onPointerMove={onMove}
          onPointerLeave={() => setUnder(undefined)}
          onClick={onPress}
        >
          <canvas ref={canvas} className="timeline-canvas" style={{ height }} />
          {breaksIn(timeline.segments, view).map(({ at, us }) => (
            <span
              key={at}
              className="timeline-break"
              style={{ insetInlineStart: xOf(at, view, width) }}
              title={`${formatDuration(us)} without anything`}
            />
          ))}
          {placeX !== undefined && placeX >= 0 && placeX <= width && (
            <span className="timeline-place" style={{ insetInlineStart: placeX }} />
          )}
          {under && (
            <span
              className="timeline-under"
              data-end={under.x > width / 2 ? "true" : undefined}
              style={
                under.x > width / 2
                  ? { insetInlineEnd: width - under.x + 10 }
                  : { insetInlineStart: under.x + 10 }
              }
            >
              {under.words}
            </span>
          )}
        </div>
        <AxisTimes segments={timeline.segments} view={view} width={width} />
      </div>
    </div>
  );
}

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useMemo, useState } from "react";
import { messageOf } from "@/api/error";
import type { StepRow, TimelineSpan, TimelineView, TurnRow } from "@/api/types";
import { plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { useReviews } from "@/review/use-reviews";
import { Button } from "@/ui/Button";
import { type Cell, useCell } from "../cell";
import { timelineQuery } from "../panels-data";
import { useReplay } from "../replay-context";
import { annotationsOf } from "./annotations";
import { Lanes } from "./Lanes";
import { MarkList } from "./MarkList";
import { type LaneName, lanesShown } from "./picture";
import { isWhole, nextSpan, panned, positionOf, showing, type View, wholeView, zoomed } from "./scale";
import { spanWords } from "./words";
import "./timeline.css";

interface TimelineProps {
  turns: readonly TurnRow[];
  item: StepRow | undefined;
  seenTurn: Cell<number>;
  onStep: (index: number) => void;
  onTurn: (turn: TurnRow) => void;
}

/** As many as there are pixels, about; the server takes no more. */
const BINS = 800;
const OPEN_KEY = "argus.timeline";

/** The session along time: turns, model requests, tools and sub-agents. Selecting there scrolls the transcript. */
export function Timeline(props: TimelineProps) {
  const [open, setOpen] = useOpen();
  useShortcuts({ "session.timeline": () => setOpen(!open) });
  return (
    <section className="timeline" aria-label="Timeline">
      {open ? (
        <OpenTimeline {...props} onClose={() => setOpen(false)} />
      ) : (
        <button type="button" className="timeline-toggle" aria-expanded={false} onClick={() => setOpen(true)}>
          Timeline
        </button>
      )}
    </section>
  );
}

function OpenTimeline({
  turns,
  item,
  seenTurn,
  onStep,
  onTurn,
  onClose,
}: TimelineProps & { onClose: () => void }) {
  const { workspace, session, agents } = useReplay();
  const [view, setView] = useState<View>();
  const [lane, setLane] = useState<LaneName>("turns");
  const asked = view && { from: view.from, to: view.to };
  const query = useQuery({
    ...timelineQuery(workspace, session, { ...asked, bins: BINS }),
    placeholderData: keepPreviousData,
  });
  const timeline = query.data;
  // What a part has nothing of keeps its place.
  const whole = useQuery(timelineQuery(workspace, session, { bins: BINS })).data;
  const shown = timeline && (view ?? wholeView(timeline.length));
  const place = usePlaceOnAxis(timeline, turns, item, seenTurn);
  const length = timeline?.length ?? 0;

  // What is read stays in view, whoever moved it.
  useEffect(() => {
    if (place !== undefined) {
      setView((held) => held && showing(held, place, length));
    }
  }, [place, length]);

  const change = (changed: View) => setView(isWhole(changed, length) ? undefined : changed);
  const zoom = (factor: number, at?: number) => {
    if (shown) {
      const around =
        at ??
        (place !== undefined && place >= shown.from && place <= shown.to
          ? place
          : (shown.from + shown.to) / 2);
      change(zoomed(shown, around, factor, length));
    }
  };
  const select = (name: LaneName, span: TimelineSpan) => {
    setLane(name);
    const turn = turns[span.turn];
    if (name === "turns" && turn) {
      onTurn(turn);
    } else {
      onStep(span.step);
    }
  };
  useShortcuts({
    "timeline.in": () => zoom(0.5),
    "timeline.out": () => zoom(2),
    "timeline.whole": () => setView(undefined),
  });

  const { reviews } = useReviews(workspace, session);
  const annotations = useMemo(
    () => (timeline ? annotationsOf(reviews, turns, timeline.segments) : []),
    [reviews, turns, timeline],
  );
  const lanes = useMemo(() => (whole ? lanesShown(whole) : []), [whole]);
  const spansOf = (name: LaneName) => timeline?.lanes.find((each) => each.lane === name)?.spans ?? [];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !shown) {
      return;
    }
    const half = (shown.to - shown.from) / 2;
    const moves = new Map<string, () => void>([
      ["ArrowRight", () => go(1)],
      ["ArrowLeft", () => go(-1)],
      ["ArrowDown", () => toLane(1)],
      ["ArrowUp", () => toLane(-1)],
      ["Home", () => first(spansOf(lane)[0])],
      ["End", () => first(spansOf(lane).at(-1))],
      ["PageDown", () => change(panned(shown, half, length))],
      ["PageUp", () => change(panned(shown, -half, length))],
    ]);
    const move = moves.get(event.key);
    if (move) {
      event.preventDefault();
      event.stopPropagation();
      move();
    }
  };
  const first = (span: TimelineSpan | undefined) => span && select(lane, span);
  const go = (direction: 1 | -1) => first(nextSpan(spansOf(lane), place ?? -1, direction));
  const toLane = (direction: 1 | -1) => {
    const next = lanes[lanes.indexOf(lane) + direction];
    if (next) {
      setLane(next);
    }
  };
  const current = spansOf(lane).findLast((span) => span.from <= (place ?? 0));

  return (
    <>
      <header className="timeline-head">
        <button type="button" className="timeline-toggle" aria-expanded={true} onClick={onClose}>
          Timeline
        </button>
        {timeline && (
          <span className="timeline-facts">
            {formatDuration(timeline.length)} active
            {timeline.segments.length > 1 && (
              <span title="Periods of more than five minutes in which nothing ran are left out">
                {" "}
                in {plural(timeline.segments.length, "stretch", "stretches")}
              </span>
            )}
            {timeline.unplaced > 0 && (
              <span title="No source told when: they have no place here">
                , {plural(timeline.unplaced, "step")} without a time
              </span>
            )}
          </span>
        )}
        <div className="timeline-acts">
          {timeline && whole && whole.marks.length + annotations.length > 0 && (
            <MarkList
              marks={timeline.marks}
              annotations={annotations}
              segments={timeline.segments}
              onStep={onStep}
              onTurn={onTurn}
            />
          )}
          <Button
            look="quiet"
            onClick={() => zoom(2)}
            disabled={!view}
            aria-label="Zoom out"
            title="Zoom out"
          >
            −
          </Button>
          <Button
            look="quiet"
            onClick={() => zoom(0.5)}
            disabled={length === 0}
            aria-label="Zoom in"
            title="Zoom in"
          >
            +
          </Button>
          <Button look="quiet" onClick={() => setView(undefined)} disabled={!view}>
            Whole
          </Button>
        </div>
      </header>
      {query.isError && !timeline && (
        <p className="timeline-error" role="alert">
          The timeline could not be fetched. {messageOf(query.error)}{" "}
          <button type="button" className="long-text-more" onClick={() => query.refetch()}>
            Try again
          </button>
        </p>
      )}
      {timeline && shown ? (
        <Lanes
          timeline={timeline}
          annotations={annotations}
          lanes={lanes}
          lane={lane}
          view={shown}
          place={place}
          words={current ? spanWords(lane, current, agents) : "nothing"}
          onKeyDown={onKeyDown}
          onZoom={zoom}
          onPan={(by) => change(panned(shown, by, length))}
          onSelect={select}
          onMark={onStep}
        />
      ) : (
        !query.isError && <div className="timeline-waiting" aria-hidden="true" />
      )}
    </>
  );
}

/** Where the reader is: at the chosen step, else at the turn that is read. */
function usePlaceOnAxis(
  timeline: TimelineView | undefined,
  turns: readonly TurnRow[],
  item: StepRow | undefined,
  seenTurn: Cell<number>,
): number | undefined {
  const seen = useCell(seenTurn);
  const time = item?.step.at ?? (item ? turns[item.turn_index] : turns[seen])?.started_at;
  return timeline && time ? positionOf(time, timeline.segments) : undefined;
}

/** Open on wide screens until the reader says otherwise; remembered. */
function useOpen(): [boolean, (open: boolean) => void] {
  const [open, setOpen] = useState(() => {
    try {
      const stored = localStorage.getItem(OPEN_KEY);
      return stored === null ? matchMedia("(min-width: 1100px)").matches : stored === "open";
    } catch {
      return true;
    }
  });
  return [
    open,
    (changed) => {
      setOpen(changed);
      try {
        localStorage.setItem(OPEN_KEY, changed ? "open" : "closed");
      } catch {
        // It holds until the page is left.
      }
    },
  ];
}

import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type MouseEvent,
  memo,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { messageOf } from "@/api/error";
import type { StepRow as StepItem } from "@/api/types";
import { plural } from "@/format/count";
import { Button } from "@/ui/Button";
import { Skeleton } from "@/ui/Skeleton";
import { type Cell, useCell } from "../cell";
import { type Row, type RowLayout, rowAt, rowOfStep, stepsAmong } from "../layout/rows";
import { useReplay } from "../replay-context";
import { StepRow } from "./StepRow";
import { OutcomeRow, TurnHeading } from "./TurnHeading";
import { useFlying } from "./use-flying";
import { useHeldRow } from "./use-held-row";
import { useStepPages } from "./use-step-pages";
import "./transcript.css";

export interface TranscriptHandle {
  /** Brings a step to the top, or leaves everything where it is when the step is in full view already. */
  showStep: (index: number, align: "start" | "auto") => void;
  showTurn: (turnIndex: number) => void;
  showEnd: () => void;
  /** The first step in view. */
  firstSeen: () => number;
  focus: () => void;
}

interface TranscriptProps {
  ref: Ref<TranscriptHandle>;
  layout: RowLayout;
  /** Where it opens: the row that is to be at the top. */
  firstRow: number;
  chosen: number | undefined;
  onChoose: (item: StepItem) => void;
  /** The turn at the top of what is seen. */
  seenTurn: Cell<number>;
  following: boolean;
  onFollow: (following: boolean) => void;
}

/** What a row is taken for until it is measured. The same for all: it is asked for every row, often. */
const ROW_ESTIMATE = 64;
const OVERSCAN = 6;
const EDGE_PADDING = 8;
const END_PADDING = 96;

export function Transcript({
  ref,
  layout,
  firstRow: opensAt,
  chosen,
  onChoose,
  seenTurn,
  following,
  onFollow,
}: TranscriptProps) {
  const { workspace, session, agent } = useReplay();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: layout.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_ESTIMATE,
    overscan: OVERSCAN,
    initialOffset: opensAt * ROW_ESTIMATE,
    paddingStart: EDGE_PADDING,
    paddingEnd: END_PADDING,
    directDomUpdates: true,
    directDomUpdatesMode: "position",
  });
  const items = virtualizer.getVirtualItems();
  // A hair below the edge: a row that ends on it is not the one that is read.
  const firstRow =
    virtualizer.getVirtualItemForOffset((virtualizer.scrollOffset ?? 0) + EDGE_PADDING)?.index ?? 0;
  const lastRow = items.at(-1)?.index ?? 0;
  const flying = useFlying(scroller);
  const pages = useStepPages(
    { workspace, session, agent },
    stepsAmong(layout, items[0]?.index ?? 0, lastRow),
    layout.steps,
    useCell(flying),
  );
  const unseen = useUnseen(layout, lastRow);
  const size = virtualizer.getTotalSize();
  const { hold, held } = useHeldRow(virtualizer, scroller, size, opensAt);
  const arrived = useArrived(opensAt);

  useImperativeHandle(ref, () => ({
    showStep: (index, align) => {
      const row = rowOfStep(layout, index);
      const item = virtualizer.measurementsCache[row];
      const top = virtualizer.scrollOffset ?? 0;
      const bottom = top + (virtualizer.scrollRect?.height ?? 0);
      if (align === "start" || !item || item.start < top || item.end > bottom) {
        hold(row);
      }
    },
    showTurn: (turnIndex) => {
      seenTurn.set(turnIndex);
      hold(layout.starts[turnIndex] ?? 0);
    },
    showEnd: () => virtualizer.scrollToIndex(layout.count - 1, { align: "end" }),
    firstSeen: () => stepsAmong(layout, virtualizer.range?.startIndex ?? 0, layout.count - 1)?.[0] ?? 0,
    focus: () => scroller.current?.focus(),
  }));

  useEffect(() => {
    const row = rowAt(layout, held.current ?? firstRow);
    seenTurn.set(row?.turn?.index ?? 0);
  }, [layout, firstRow, held, seenTurn]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every growth moves the end
  useEffect(() => {
    if (following && layout.count > 0) {
      virtualizer.scrollToIndex(layout.count - 1, { align: "end" });
    }
  }, [following, layout.count, size, virtualizer]);
  useLeaveEnd(scroller, following, onFollow);

  return (
    <div className="transcript-frame">
      <div
        ref={scroller}
        className="transcript"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        role="feed"
        aria-label="Transcript"
        aria-busy={false}
      >
        <div
          ref={virtualizer.containerRef}
          className={`transcript-rows ${arrived ? "" : "transcript-on-its-way"}`}
        >
          {items.map(({ index, key }) => {
            const row = rowAt(layout, index);
            const item = row?.kind === "step" ? pages.at(row.index) : undefined;
            return (
              row && (
                <RowFrame
                  key={key}
                  place={index}
                  row={row}
                  item={item}
                  failed={pages.error !== null}
                  chosen={row.kind === "step" && row.index === chosen}
                  steps={layout.steps}
                  flying={flying}
                  onChoose={onChoose}
                  measure={virtualizer.measureElement}
                />
              )
            );
          })}
        </div>
      </div>
      {pages.error && (
        <div className="transcript-notice" role="alert">
          Some steps could not be fetched. {messageOf(pages.error)}{" "}
          <Button onClick={pages.retry}>Try again</Button>
        </div>
      )}
      {unseen > 0 && !following && (
        <button
          type="button"
          className="transcript-pill"
          onClick={() => virtualizer.scrollToIndex(layout.count - 1, { align: "end" })}
        >
          {plural(unseen, "new step")} ↓
        </button>
      )}
    </div>
  );
}

interface RowFrameProps {
  place: number;
  row: Row;
  item: StepItem | undefined;
  failed: boolean;
  chosen: boolean;
  steps: number;
  flying: Cell<boolean>;
  onChoose: (item: StepItem) => void;
  measure: (element: Element | null) => void;
}

const RowFrame = memo(function RowFrame(props: RowFrameProps) {
  const { place, row, item, failed, chosen, steps, flying, onChoose, measure } = props;
  const shown = useLanded(flying);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j and k choose by keyboard
    <article
      ref={measure}
      data-index={place}
      className={`replay-row ${chosen ? "replay-row-chosen" : ""}`}
      aria-posinset={row.kind === "step" ? row.index + 1 : undefined}
      aria-setsize={row.kind === "step" ? steps : undefined}
      aria-current={chosen ? "true" : undefined}
      onClick={item && ((event) => wasMeant(event) && onChoose(item))}
    >
      {row.kind === "turn" ? (
        <TurnHeading turn={row.turn} gapUs={row.gapUs} />
      ) : row.kind === "outcome" ? (
        <OutcomeRow turn={row.turn} />
      ) : item && shown ? (
        <StepRow step={item.step} turn={row.turn} />
      ) : (
        <StepSkeleton failed={failed} />
      )}
    </article>
  );
}, sameRow);

/** Layouts are made anew with every change of a live session; most rows are the same for all that. */
function sameRow(before: RowFrameProps, after: RowFrameProps): boolean {
  return (
    before.place === after.place &&
    before.item === after.item &&
    before.failed === after.failed &&
    before.chosen === after.chosen &&
    before.steps === after.steps &&
    before.onChoose === after.onChoose &&
    before.row.kind === after.row.kind &&
    before.row.turn === after.row.turn
  );
}

/** False for a row that came onto the page in flight, until the flight ends. */
function useLanded(flying: Cell<boolean>): boolean {
  const [landed, setLanded] = useState(!flying.get());
  const aloft = useCell(flying);
  if (!landed && !aloft) {
    setLanded(true);
  }
  return landed;
}

function StepSkeleton({ failed }: { failed: boolean }) {
  return (
    <div className="step step-skeleton">
      <span className="step-time" />
      <div className="step-body">
        {failed ? <span className="quiet">Not fetched</span> : <Skeleton width="45%" />}
      </div>
    </div>
  );
}

/** A click on a row chooses it; one on a button in it, or the end of marking text, does not. */
function wasMeant(event: MouseEvent<HTMLElement>): boolean {
  const target = event.target as Element;
  return (
    !target.closest("a, button, input, summary, [role='treeitem']") && (getSelection()?.isCollapsed ?? true)
  );
}

/** Frames that a list opened in its middle takes until its rows are measured and in their places. */
const ARRIVING_FRAMES = 3;

/** False for the first moment of a list that opens in its middle: its rows would be seen to jump. */
function useArrived(firstRow: number): boolean {
  const [frames, setFrames] = useState(firstRow === 0 ? ARRIVING_FRAMES : 0);
  useEffect(() => {
    if (frames < ARRIVING_FRAMES) {
      const frame = requestAnimationFrame(() => setFrames(frames + 1));
      return () => cancelAnimationFrame(frame);
    }
  }, [frames]);
  return frames >= ARRIVING_FRAMES;
}

/** How many steps were added below since the end was last seen. */
function useUnseen(layout: RowLayout, lastRow: number): number {
  const [seen, setSeen] = useState(layout.steps);
  const atEnd = lastRow >= layout.count - 1;
  if (atEnd && seen !== layout.steps) {
    setSeen(layout.steps);
  }
  return Math.max(0, layout.steps - seen);
}

const BACKWARD_KEYS = new Set(["ArrowUp", "PageUp", "Home"]);

/** Whoever scrolls back while following wants to read, not to be taken to the end again. */
function useLeaveEnd(
  scroller: RefObject<HTMLDivElement | null>,
  following: boolean,
  onFollow: (following: boolean) => void,
) {
  useEffect(() => {
    const element = scroller.current;
    if (!following || !element) {
      return;
    }
    const leave = () => onFollow(false);
    const onWheel = (event: WheelEvent) => event.deltaY < 0 && leave();
    const onKeyDown = (event: KeyboardEvent) => BACKWARD_KEYS.has(event.key) && leave();
    element.addEventListener("wheel", onWheel, { passive: true });
    element.addEventListener("touchmove", leave, { passive: true });
    element.addEventListener("keydown", onKeyDown);
    return () => {
      element.removeEventListener("wheel", onWheel);
      element.removeEventListener("touchmove", leave);
      element.removeEventListener("keydown", onKeyDown);
    };
  }, [scroller, following, onFollow]);
}

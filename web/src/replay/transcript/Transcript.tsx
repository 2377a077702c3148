import { useVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import {
  type MouseEvent,
  memo,
  type Ref,
  type RefObject,
  useCallback,
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
import { pagesFor, pagesOf } from "../layout/pages";
import {
  firstStepOf,
  heightOf,
  keyOfRow,
  type Row,
  type RowLayout,
  rowAt,
  rowOfStep,
  stepsAmong,
  stepsShown,
} from "../layout/rows";
import type { StepKinds } from "../layout/step-kinds";
import type { New } from "../looked/use-looked";
import { useReplay } from "../replay-context";
import { RawStep } from "./RawStep";
import { RunRow } from "./RunRow";
import { StepRow } from "./StepRow";
import { OutcomeRow, TurnHeading } from "./TurnHeading";
import { useFlying } from "./use-flying";
import { type Sought, sightFound, useFoundMarks } from "./use-found-marks";
import { useHeldRow } from "./use-held-row";
import { useSamePlace } from "./use-same-place";
import { useStepPages } from "./use-step-pages";
import "./transcript.css";

export interface TranscriptHandle {
  /** Brings a step to the top, or leaves everything where it is when the step is in full view already. */
  showStep: (index: number, align: "start" | "auto") => void;
  showTurn: (turnIndex: number) => void;
  /** Brings a step to the top, and what was found in it into sight. */
  showFound: (index: number) => void;
  /** False when nothing is new. */
  showNew: () => boolean;
  showEnd: () => void;
  /** The first step in view. */
  firstSeen: () => number;
  focus: () => void;
}

interface TranscriptProps {
  ref: Ref<TranscriptHandle>;
  layout: RowLayout;
  kinds: StepKinds | undefined;
  onOpenRun: (from: number, open: boolean) => void;
  /** Where it opens: the row that is to be at the top. */
  firstRow: number;
  chosen: number | undefined;
  onChoose: (item: StepItem) => void;
  /** The turn at the top of what is seen. */
  seenTurn: Cell<number>;
  following: boolean;
  onFollow: (following: boolean) => void;
  /** What came since the reader last looked. */
  fresh: New;
  /** What was searched for. */
  sought: Sought;
  /** While it is played, what comes last is what is looked at. */
  playing: boolean;
}

const OVERSCAN = 6;
/** Rows whose pages are fetched ahead, either way, where steps are folded. */
const AHEAD_ROWS = 10;
const EDGE_PADDING = 8;
const END_PADDING = 96;

export function Transcript({
  ref,
  layout,
  kinds,
  onOpenRun,
  firstRow: opensAt,
  chosen,
  onChoose,
  seenTurn,
  following,
  onFollow,
  fresh,
  sought,
  playing,
}: TranscriptProps) {
  const { workspace, session, agent, mode } = useReplay();
  const isRaw = mode === "raw";
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: layout.count,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((row: number) => heightOf(layout, row), [layout]),
    // Raw steps have heights of their own.
    getItemKey: useCallback(
      (row: number) => (isRaw ? `raw ${keyOfRow(layout, row)}` : keyOfRow(layout, row)),
      [layout, isRaw],
    ),
    overscan: OVERSCAN,
    initialOffset: () => {
      let offset = 0;
      for (let row = 0; row < opensAt; row++) {
        offset += heightOf(layout, row);
      }
      return offset;
    },
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
    pagesSeen(layout, items[0]?.index ?? 0, lastRow),
    useCell(flying),
  );
  const lastSeen = virtualizer.range?.endIndex ?? 0;
  const isEndSeen = lastSeen >= layout.count - 1;
  const { attend } = fresh;
  useEffect(() => attend(!playing && (isEndSeen || following)), [attend, playing, isEndSeen, following]);
  const newRow = fresh.from === undefined ? undefined : firstRowOfNew(layout, fresh.from);
  const isNewSeen = useNewSeen(newRow, lastSeen);
  const size = virtualizer.getTotalSize();
  const { hold, release, held } = useHeldRow(virtualizer, scroller, size, opensAt);
  const arrived = useArrived(opensAt);
  useSamePlace(layout, isRaw, chosen, virtualizer, hold);

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
    showFound: (index) => {
      hold(rowOfStep(layout, index));
      sightFound(scroller.current, release);
    },
    showNew: () => {
      if (newRow !== undefined) {
        hold(newRow);
      }
      return newRow !== undefined;
    },
    showEnd: () => virtualizer.scrollToIndex(layout.count - 1, { align: "end" }),
    firstSeen: () => stepsAmong(layout, virtualizer.range?.startIndex ?? 0, layout.count - 1)?.[0] ?? 0,
    focus: () => scroller.current?.focus(),
  }));

  useEffect(() => {
    const row = rowAt(layout, held.current ?? firstRow);
    seenTurn.set(row?.turn?.index ?? 0);
  }, [layout, firstRow, held, seenTurn]);

  useEffect(() => {
    if (playing) {
      seenTurn.set(rowAt(layout, layout.count - 1)?.turn?.index ?? 0);
    }
  }, [playing, layout, seenTurn]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: every growth moves the end
  useEffect(() => {
    if (following && layout.count > 0) {
      virtualizer.scrollToIndex(layout.count - 1, { align: "end" });
    }
  }, [following, layout.count, size, virtualizer]);
  useLeaveEnd(scroller, following, onFollow);
  useFoundMarks(scroller, sought);
  usePlayedRow(layout, playing, size, virtualizer);

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
                  raw={isRaw}
                  item={item}
                  kinds={row.kind === "run" ? kinds : undefined}
                  onOpenRun={onOpenRun}
                  failed={pages.error !== null}
                  isFound={row.kind === "step" && sought.steps.has(row.index)}
                  isNew={index === newRow}
                  comes={playing && index === layout.count - 1}
                  chosen={chosen !== undefined && holds(row, chosen)}
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
      {fresh.from !== undefined && newRow !== undefined && !isNewSeen && !following && !playing && (
        <button type="button" className="transcript-pill" onClick={() => hold(newRow)}>
          {plural(layout.steps - fresh.from, "new step")} ↓
        </button>
      )}
    </div>
  );
}

/** The pages of what is seen, and of what is near it. */
function pagesSeen(layout: RowLayout, firstRow: number, lastRow: number): number[] {
  if (layout.folded) {
    return pagesOf(stepsShown(layout, firstRow - AHEAD_ROWS, lastRow + AHEAD_ROWS));
  }
  const seen = stepsAmong(layout, firstRow, lastRow);
  return seen ? pagesFor(seen[0], seen[1], layout.steps) : [];
}

/** Whether a row shows a step, or has it folded away. */
const holds = (row: Row, step: number) =>
  row.kind === "step"
    ? row.index === step
    : row.kind === "run" && !row.open && row.from <= step && step < row.to;

interface RowFrameProps {
  place: number;
  row: Row;
  raw: boolean;
  kinds: StepKinds | undefined;
  onOpenRun: (from: number, open: boolean) => void;
  item: StepItem | undefined;
  failed: boolean;
  isFound: boolean;
  isNew: boolean;
  comes: boolean;
  chosen: boolean;
  steps: number;
  flying: Cell<boolean>;
  onChoose: (item: StepItem) => void;
  measure: (element: Element | null) => void;
}

const RowFrame = memo(function RowFrame(props: RowFrameProps) {
  const { place, row, raw, kinds, item, failed, isFound, isNew, comes, chosen, steps } = props;
  const { flying, onChoose, onOpenRun, measure } = props;
  const shown = useLanded(flying);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: j and k choose by keyboard
    <article
      ref={measure}
      data-index={place}
      className={`replay-row ${chosen ? "replay-row-chosen" : ""} ${comes ? "replay-row-comes" : ""}`}
      aria-posinset={firstStepOf(row) === undefined ? undefined : (firstStepOf(row) ?? 0) + 1}
      aria-setsize={firstStepOf(row) === undefined ? undefined : steps}
      aria-current={chosen ? "true" : undefined}
      onClick={item && ((event) => wasMeant(event) && onChoose(item))}
    >
      {isNew && <p className="new-line">New since you looked</p>}
      {row.kind === "turn" ? (
        <TurnHeading turn={row.turn} gapUs={row.gapUs} />
      ) : row.kind === "outcome" ? (
        <OutcomeRow turn={row.turn} />
      ) : row.kind === "run" ? (
        <RunRow from={row.from} to={row.to} open={row.open} kinds={kinds} onOpen={onOpenRun} />
      ) : item && shown ? (
        raw ? (
          <RawStep item={item} />
        ) : (
          <StepRow step={item.step} turn={row.turn} found={isFound} />
        )
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
    before.isFound === after.isFound &&
    before.isNew === after.isNew &&
    before.comes === after.comes &&
    before.chosen === after.chosen &&
    before.steps === after.steps &&
    before.raw === after.raw &&
    before.kinds === after.kinds &&
    before.onChoose === after.onChoose &&
    before.onOpenRun === after.onOpenRun &&
    before.row.turn === after.row.turn &&
    isSameRow(before.row, after.row)
  );
}

function isSameRow(one: Row, other: Row): boolean {
  if (one.kind === "run" && other.kind === "run") {
    return one.from === other.from && one.to === other.to && one.open === other.open;
  }
  return one.kind === other.kind && firstStepOf(one) === firstStepOf(other);
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
    // Whoever took it meant something else.
    !event.defaultPrevented &&
    !target.closest("a, button, input, summary, [role='treeitem']") &&
    (getSelection()?.isCollapsed ?? true)
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

/** The row above which what is new begins: a turn's heading belongs to its first step. */
function firstRowOfNew(layout: RowLayout, step: number): number {
  const row = rowOfStep(layout, step);
  return rowAt(layout, row - 1)?.kind === "turn" ? row - 1 : row;
}

/** Whether the row where what is new begins was in sight. */
function useNewSeen(newRow: number | undefined, lastSeen: number): boolean {
  const [seen, setSeen] = useState<number>();
  if (newRow !== undefined && seen !== newRow && lastSeen >= newRow) {
    setSeen(newRow);
  }
  return newRow !== undefined && seen === newRow;
}

/** While a session is played, the step that came last is in sight: its end, or its beginning where it is taller than the window. */
function usePlayedRow(
  layout: RowLayout,
  playing: boolean,
  size: number,
  virtualizer: Virtualizer<HTMLDivElement, Element>,
) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: every growth moves it
  useEffect(() => {
    if (playing && layout.count > 0) {
      const last = layout.count - 1;
      const height = virtualizer.measurementsCache[last]?.size ?? 0;
      const isTall = height + END_PADDING > (virtualizer.scrollRect?.height ?? 0);
      virtualizer.scrollToIndex(last, { align: isTall ? "start" : "end" });
    }
  }, [playing, layout.count, size, virtualizer]);
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

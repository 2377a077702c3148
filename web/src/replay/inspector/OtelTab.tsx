import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useEffectEvent, useRef, useState } from "react";
import type { ListedRecord, StepRow } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { formatExact } from "@/format/time";
import { SOURCES } from "@/ui/Witnesses";
import { stepRecordsQuery, TELEMETRY_PAGE, telemetryAroundQuery, telemetryQuery } from "../panels-data";
import { RawRecord } from "../records/RawDialog";
import { useReplay } from "../replay-context";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { clockSeconds } from "../transcript/clock";
import { PanelWaiting } from "./PanelWaiting";

const ROW_HEIGHT = 28;
const OVERSCAN = 10;

/** The session's telemetry, row by row. A press on one leads to its step; the rows of the chosen step are marked. */
export function OtelTab({ item, onStep }: { item: StepRow | undefined; onStep: (index: number) => void }) {
  const { workspace, session } = useReplay();
  const first = useQuery({ ...telemetryQuery(workspace, session, 0), placeholderData: keepPreviousData });
  if (!first.data) {
    return <PanelWaiting what="The telemetry" query={first} />;
  }
  const { total } = first.data;
  return (
    <>
      <header className="panel-head">
        <h2>Telemetry</h2>
        <p className="quiet">
          {total === 0
            ? "No telemetry of this session came."
            : `${plural(total, "record")}, in the order in which they came. A press leads to the step.`}
        </p>
      </header>
      {total > 0 && <Rows total={total} item={item} onStep={onStep} />}
    </>
  );
}

function Rows({
  total,
  item,
  onStep,
}: {
  total: number;
  item: StepRow | undefined;
  onStep: (index: number) => void;
}) {
  const { workspace, session } = useReplay();
  const scroller = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(0);
  const [raw, setRaw] = useState<number>();
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const rows = virtualizer.getVirtualItems();
  const firstPage = Math.floor((rows[0]?.index ?? 0) / TELEMETRY_PAGE);
  const lastPage = Math.floor((rows.at(-1)?.index ?? 0) / TELEMETRY_PAGE);
  const pages = useQueries({
    queries: Array.from({ length: lastPage - firstPage + 1 }, (_, page) =>
      telemetryQuery(workspace, session, (firstPage + page) * TELEMETRY_PAGE),
    ),
  });
  const rowAt = (index: number): ListedRecord | undefined =>
    pages[Math.floor(index / TELEMETRY_PAGE) - firstPage]?.data?.items[index % TELEMETRY_PAGE];
  const failed = pages.find((page) => page.isError);

  const place = usePlaceOfStep(item);
  const isSeen = useEffectEvent((index: number) => {
    const range = virtualizer.range;
    return range !== null && index >= range.startIndex && index <= range.endIndex;
  });
  useEffect(() => {
    if (place !== undefined) {
      setCurrent(place);
      if (!isSeen(place)) {
        virtualizer.scrollToIndex(place, { align: "center" });
      }
    }
  }, [place, virtualizer]);

  const press = (index: number) => {
    setCurrent(index);
    const row = rowAt(index);
    if (row && row.step !== null) {
      onStep(row.step);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves = new Map([
      ["ArrowDown", current + 1],
      ["ArrowUp", current - 1],
      ["PageDown", current + 20],
      ["PageUp", current - 20],
      ["Home", 0],
      ["End", total - 1],
    ]);
    const move = moves.get(event.key);
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (move !== undefined) {
      const next = Math.max(0, Math.min(total - 1, move));
      setCurrent(next);
      virtualizer.scrollToIndex(next, { align: "auto" });
    } else if (event.key === "Enter" || event.key === " ") {
      press(current);
    } else if (event.key === "r") {
      setRaw(rowAt(current)?.id);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      {failed && <PanelWaiting what="Some telemetry" query={failed} />}
      <div
        ref={scroller}
        className="otel-rows"
        role="listbox"
        aria-label="Telemetry"
        aria-activedescendant={`otel-${current}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="presentation" style={{ height: virtualizer.getTotalSize(), position: "relative" }}>
          {rows.map(({ index, key, start }) => {
            const row = rowAt(index);
            const isOf = row !== undefined && item?.step.records.includes(row.id) === true;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys of all its rows
              // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, the row is its active one
              <div
                key={key}
                id={`otel-${index}`}
                role="option"
                aria-selected={isOf}
                aria-posinset={index + 1}
                aria-setsize={total}
                className={`otel-row ${index === current ? "otel-row-current" : ""}`}
                style={{ transform: `translateY(${start}px)` }}
                onClick={() => press(index)}
                onDoubleClick={() => row && setRaw(row.id)}
                title="A press leads to the step, two show the raw record"
              >
                {row && <Row row={row} />}
              </div>
            );
          })}
        </div>
      </div>
      <p className="otel-foot">
        <button
          type="button"
          className="long-text-more"
          disabled={rowAt(current) === undefined}
          onClick={() => setRaw(rowAt(current)?.id)}
        >
          Raw record {rowAt(current) && formatCount(rowAt(current)?.id ?? 0)}, with its proof
        </button>
      </p>
      {raw !== undefined && <RawRecord record={raw} onClose={() => setRaw(undefined)} />}
    </>
  );
}

function Row({ row }: { row: ListedRecord }) {
  const { letter, name } = SOURCES[row.source];
  return (
    <>
      <span className="witness-letter" title={name}>
        {letter}
      </span>
      <span className="otel-name">
        {row.kind === null ? (
          <span className="quiet">{name}</span>
        ) : (
          <Visible text={visibleLine(row.kind, 80)} />
        )}
      </span>
      <span className="otel-took">{row.duration_us !== null && formatDuration(row.duration_us)}</span>
      {row.at === null ? <span /> : <time title={formatExact(row.at)}>{clockSeconds(row.at)}</time>}
      <span className="otel-step" title={row.step === null ? "No step rests on it" : "Its step"}>
        {row.step === null ? "–" : formatCount(row.step + 1)}
      </span>
    </>
  );
}

const TELEMETRY_SOURCES = new Set(["otel_log", "otel_span", "otel_metric"]);

/** The place of the first telemetry that the chosen step rests on. */
function usePlaceOfStep(item: StepRow | undefined): number | undefined {
  const { workspace, session } = useReplay();
  const told = item?.step.witnesses.some((source) => TELEMETRY_SOURCES.has(source)) ?? false;
  const records = useQuery({
    ...stepRecordsQuery(workspace, session, item?.step.id ?? ""),
    enabled: item !== undefined && told,
  });
  const record = records.data?.items.find(({ source }) => TELEMETRY_SOURCES.has(source))?.id;
  const around = useQuery({
    ...telemetryAroundQuery(workspace, session, record ?? 0),
    enabled: record !== undefined,
  });
  const page = around.data;
  const within = page?.items.findIndex(({ id }) => id === record) ?? -1;
  return page && within !== -1 ? page.offset + within : undefined;
}

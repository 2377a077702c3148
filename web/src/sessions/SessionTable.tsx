import { useWindowVirtualizer } from "@tanstack/react-virtual";
import {
  memo,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { ListedSession, SessionSort } from "@/api/types";
import { plural } from "@/format/count";
import { useShortcuts } from "@/keyboard/use-shortcuts";
import { usePreferences } from "@/preferences/preferences";
import type { SessionSearch } from "@/replay/session-search";
import { Button } from "@/ui/Button";
import { ErrorNotice } from "@/ui/Notice";
import { SessionRow } from "./SessionRow";
import "./SessionTable.css";
import { SessionTableHead } from "./SessionTableHead";
import { RowCheckbox } from "./select/RowCheckbox";
import { titleOf } from "./session-words";

/** How near the end of what is loaded the next page is asked for, in rows. */
const MORE_WITHIN = 30;
/** The two bars that stay at the top and cover what is below them. */
const BARS_HEIGHT = 84;

export function SessionTable({
  workspace,
  sort,
  sessions,
  isWaiting,
  addedCount,
  onShowAdded,
  hasMore,
  isLoadingMore,
  moreError,
  onMore,
  selected,
  onSelect,
  at,
}: {
  workspace: string;
  sort: SessionSort;
  sessions: ListedSession[];
  isWaiting: boolean;
  addedCount: number;
  onShowAdded: () => Promise<void>;
  hasMore: boolean;
  isLoadingMore: boolean;
  moreError: unknown;
  onMore: () => void;
  /** Rows that are selected. */
  selected: ReadonlySet<string>;
  onSelect: (id: string, isRange: boolean) => void;
  /** Where sessions open. */
  at: SessionSearch["at"];
}) {
  const body = useRef<HTMLOListElement>(null);
  const offset = useOffset(body);
  const { density } = usePreferences();
  const rowHeight = useRowHeight(body, density);

  const active = useRef(-1);
  const virtualizer = useWindowVirtualizer({
    count: sessions.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => sessions[index]?.id ?? index,
    overscan: 12,
    scrollMargin: offset,
    scrollPaddingStart: BARS_HEIGHT,
    scrollPaddingEnd: 24,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height of rows is read by the virtualizer itself
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  const isNearEnd = lastShown >= sessions.length - MORE_WITHIN;
  useEffect(() => {
    if (isNearEnd && hasMore && !isWaiting && !isLoadingMore && moreError === undefined) {
      onMore();
    }
  }, [isNearEnd, hasMore, isWaiting, isLoadingMore, moreError, onMore]);

  function focusRow(index: number) {
    const place = Math.max(0, Math.min(sessions.length - 1, index));
    active.current = place;
    virtualizer.scrollToIndex(place);
    // The row may have to be made first.
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLElement>(`[data-index="${place}"] a`)?.focus({ preventScroll: true }),
    );
  }

  /** From the row that was left off at; from the top of what is in view when that row is out of it. */
  function moveBy(step: 1 | -1) {
    const top = Math.max(0, Math.ceil((window.scrollY + BARS_HEIGHT - offset) / rowHeight));
    const bottom = Math.floor((window.scrollY + window.innerHeight - offset) / rowHeight);
    const isInView = active.current >= top - 1 && active.current <= bottom;
    focusRow(isInView && active.current >= 0 ? active.current + step : top);
  }

  /** Selects from the row that has the focus on, and goes there. */
  function selectOn(step: 1 | -1) {
    const [from, to] = [active.current, active.current + step];
    const ids = [sessions[from]?.id, sessions[to]?.id];
    if (ids[0] === undefined || !hasFocusWithin(body.current)) {
      moveBy(step);
      return;
    }
    if (!selected.has(ids[0])) {
      onSelect(ids[0], false);
    }
    if (ids[1] !== undefined) {
      onSelect(ids[1], true);
      focusRow(to);
    }
  }

  // With the last selected row goes the bar that acted on them, and a focus that was in it.
  const isSelecting = selected.size > 0;
  const keepFocus = useEffectEvent(() => {
    if (document.activeElement === document.body) {
      focusRow(active.current);
    }
  });
  useEffect(() => (isSelecting ? () => keepFocus() : undefined), [isSelecting]);

  const toggle = useEffectEvent(onSelect);
  const onToggle = useCallback((id: string, isRange: boolean) => toggle(id, isRange), []);

  useShortcuts({
    "sessions.select": () => {
      const session = sessions[Math.max(0, active.current)];
      if (session) {
        onSelect(session.id, false);
        focusRow(Math.max(0, active.current));
      }
    },
    "sessions.select_next": () => selectOn(1),
    "sessions.select_previous": () => selectOn(-1),
    "sessions.next": () => moveBy(1),
    "sessions.previous": () => moveBy(-1),
    // Enter on a row is the browser's own; away from the rows it leads back to them.
    "sessions.open": () => focusRow(Math.max(0, active.current)),
  });

  return (
    <>
      <div className="session-table" aria-busy={isWaiting} data-selecting={selected.size > 0 || undefined}>
        <SessionTableHead sort={sort} workspace={workspace} />
        <div className="sessions-added" aria-live="polite">
          {addedCount > 0 && (
            <Button
              look="primary"
              onClick={async () => {
                await onShowAdded();
                window.scrollTo({ top: 0 });
              }}
            >
              {plural(addedCount, "new session")}
            </Button>
          )}
        </div>
        <ol
          className="session-table-body"
          ref={body}
          style={{ height: virtualizer.getTotalSize() }}
          onFocus={(event) => {
            const row = event.target.closest("[data-index]");
            active.current = Number(row?.getAttribute("data-index") ?? -1);
          }}
        >
          {items.map(({ key, index, start }) => {
            const session = sessions[index];
            return (
              session && (
                <SessionLine
                  key={key}
                  workspace={workspace}
                  session={session}
                  index={index}
                  count={hasMore ? -1 : sessions.length}
                  top={start - offset}
                  isSelected={selected.has(session.id)}
                  onToggle={onToggle}
                  at={at}
                />
              )
            );
          })}
        </ol>
      </div>
      <div className="session-table-end" aria-live="polite">
        {isLoadingMore && <p className="quiet">Loading more …</p>}
        {moreError !== undefined && (
          <ErrorNotice title="More sessions could not be loaded" error={moreError} onRetry={onMore} />
        )}
      </div>
    </>
  );
}

/** Nothing changes in a line while the list scrolls; React need not look into it. */
const SessionLine = memo(function SessionLine({
  workspace,
  session,
  index,
  count,
  top,
  isSelected,
  onToggle,
  at,
}: {
  workspace: string;
  session: ListedSession;
  index: number;
  count: number;
  top: number;
  isSelected: boolean;
  onToggle: (id: string, isRange: boolean) => void;
  at: SessionSearch["at"];
}) {
  return (
    <li
      className="session-line"
      data-index={index}
      aria-posinset={index + 1}
      aria-setsize={count}
      data-selected={isSelected || undefined}
      style={{ transform: `translateY(${top}px)` }}
    >
      <RowCheckbox
        label={`Select ${titleOf(session).text}`}
        checked={isSelected}
        onToggle={(isRange) => onToggle(session.id, isRange)}
      />
      <SessionRow workspace={workspace} session={session} at={at} />
    </li>
  );
});

function hasFocusWithin(element: HTMLElement | null): boolean {
  return element?.contains(document.activeElement) === true;
}

/** How far below the top of the page the rows begin: what is above them changes its height (chips, an error). */
function useOffset(body: RefObject<HTMLElement | null>): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const read = () =>
      setOffset(Math.round((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    read();
    // Not with every row that comes into view: asking for a place has the browser lay out everything at once.
    const observer = new ResizeObserver(read);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [body]);
  return offset;
}

/** Rows are as high as the tokens say; narrow screens and dense rows differ. */
function useRowHeight(body: RefObject<HTMLElement | null>, density: string): number {
  const [height, setHeight] = useState(56);
  // biome-ignore lint/correctness/useExhaustiveDependencies: density changes the token that is read here
  useLayoutEffect(() => {
    const read = () => {
      const row = body.current && getComputedStyle(body.current).getPropertyValue("--row-height");
      setHeight(Number.parseFloat(row ?? "") || 56);
    };
    read();
    window.addEventListener("resize", read);
    return () => window.removeEventListener("resize", read);
  }, [body, density]);
  return height;
}

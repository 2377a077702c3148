import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useEffect, useMemo, useRef } from "react";
import type { TurnRow } from "@/api/types";
import { plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { formatCost } from "@/format/money";
import { VerdictMark } from "@/review/VerdictMark";
import { type Cell, useCell } from "../cell";
import type { RowLayout } from "../layout/rows";
import type { StepKinds } from "../layout/step-kinds";
import { useReplay } from "../replay-context";
import { parseSessionSearch } from "../session-search";
import { Visible } from "../text/Visible";
import { oneLine } from "../text/visible";
import { promptWords } from "../transcript/task-notifications";
import { OUTCOMES } from "../wording";
import { compactionsOf, outlineEntries } from "./outline-entries";
import "./outline.css";

const TURN_HEIGHT = 52;
const GAP_HEIGHT = 24;
const WORDS_MAX = 140;

/** The session turn by turn; the one at the top of the transcript is marked. */
export const Outline = memo(function Outline({
  layout,
  kinds,
  seenTurn,
  onTurn,
}: {
  layout: RowLayout;
  kinds: StepKinds | undefined;
  seenTurn: Cell<number>;
  onTurn: (turn: TurnRow) => void;
}) {
  const scroller = useRef<HTMLElement>(null);
  const current = useCell(seenTurn);
  const compactions = useMemo(() => compactionsOf(layout.turns, kinds), [layout.turns, kinds]);
  const { entries, entryOfTurn } = useMemo(() => outlineEntries(layout), [layout]);
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => (entries[place]?.kind === "gap" ? GAP_HEIGHT : TURN_HEIGHT),
    overscan: 8,
  });

  useEffect(() => {
    const entry = entryOfTurn[current];
    if (entry !== undefined) {
      virtualizer.scrollToIndex(entry, { align: "auto" });
    }
  }, [current, entryOfTurn, virtualizer]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <nav ref={scroller} className="outline" aria-label="Turns" tabIndex={0}>
      <ol className="outline-list" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const entry = entries[index];
          const turn = entry?.kind === "turn" ? layout.turns[entry.place] : undefined;
          return (
            <li key={key} className="outline-entry" style={{ transform: `translateY(${start}px)` }}>
              {entry?.kind === "gap" && <p className="outline-gap">{formatDuration(entry.us)} later</p>}
              {turn && (
                <OutlineTurn
                  turn={turn}
                  compactions={compactions.get(turn.index) ?? 0}
                  current={turn.index === current}
                  onTurn={onTurn}
                />
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
});

const OutlineTurn = memo(function OutlineTurn({
  turn,
  compactions,
  current,
  onTurn,
}: {
  turn: TurnRow;
  compactions: number;
  current: boolean;
  onTurn: (turn: TurnRow) => void;
}) {
  const { workspace, session } = useReplay();
  const cost = formatCost(turn);
  const words =
    turn.prompt.text === null ? "prompt not captured" : oneLine(promptWords(turn.prompt.text), WORDS_MAX);
  return (
    <Link
      to="/w/$workspace/sessions/$session/turns/$turn"
      params={{ workspace, session, turn: turn.id }}
      search={parseSessionSearch}
      className={`outline-turn outline-turn-${turn.branch} ${turn.copied ? "outline-turn-copied" : ""} ${current ? "outline-turn-current" : ""}`}
      aria-current={current ? "true" : undefined}
      onClick={() => onTurn(turn)}
    >
      <span className="outline-number">{turn.index + 1}</span>
      <span className={`outline-words ${turn.prompt.text === null ? "quiet" : ""}`}>
        <Visible text={words || "(empty prompt)"} />
      </span>
      <span className="outline-facts">
        <VerdictMark turn={turn.id} />
        {turn.prompt.command === "/compact" ? (
          <span className="outline-mark">compacted</span>
        ) : (
          compactions > 0 && (
            <span className="outline-mark" title="The context was compacted by itself within this turn">
              compacted by itself{compactions > 1 && ` ×${compactions}`}
            </span>
          )
        )}
        {turn.branch === "abandoned" && <span className="outline-mark">abandoned</span>}
        {turn.copied && <span className="outline-mark">copied</span>}
        {turn.outcome !== "answered" && (
          <span className={`outcome outcome-${turn.outcome}`}>{OUTCOMES[turn.outcome]}</span>
        )}
        {turn.errors > 0 && <span className="is-error">{plural(turn.errors, "error")}</span>}
        {turn.duration_us !== null && <span>{formatDuration(turn.duration_us)}</span>}
        <span title={cost.why}>{cost.text}</span>
        <span>{plural(turn.step_count, "step")}</span>
      </span>
    </Link>
  );
});

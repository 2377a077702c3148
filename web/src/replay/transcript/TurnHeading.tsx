import type { TurnRow } from "@/api/types";
import { plural } from "@/format/count";
import { formatDuration } from "@/format/duration";
import { formatCost } from "@/format/money";
import { formatExact } from "@/format/time";
import { VerdictMark } from "@/review/VerdictMark";
import { BranchWords } from "../outline/BranchWords";
import { OUTCOME_SENTENCES, OUTCOMES } from "../wording";
import { clockSeconds } from "./clock";

/** Where a turn begins: its number, when, how long, what it cost and how it ended. */
export function TurnHeading({ turn, gapUs }: { turn: TurnRow; gapUs: number | undefined }) {
  const cost = formatCost(turn);
  return (
    <>
      {gapUs !== undefined && <p className="turn-gap">{formatDuration(gapUs)} later</p>}
      <header className="turn-heading">
        <h2 className="turn-number">
          <span className="visually-hidden">Turn </span>
          {turn.index + 1}
        </h2>
        <p className="turn-facts">
          {turn.started_at !== null && (
            <time dateTime={turn.started_at} title={formatExact(turn.started_at)}>
              {clockSeconds(turn.started_at)}
            </time>
          )}
          {turn.duration_us !== null && <span>{formatDuration(turn.duration_us)}</span>}
          <span title={cost.why}>{cost.text}</span>
          {turn.tool_calls > 0 && <span>{plural(turn.tool_calls, "call")}</span>}
          {turn.errors > 0 && <span className="is-error">{plural(turn.errors, "error")}</span>}
          <span className={`outcome outcome-${turn.outcome}`}>{OUTCOMES[turn.outcome]}</span>
          {turn.branch === "abandoned" && (
            <span className="turn-mark" title="A rewind left this turn behind">
              abandoned
            </span>
          )}
          {turn.copied && (
            <span className="turn-mark" title="Copied by a fork; counts in no total">
              copied
            </span>
          )}
          <VerdictMark turn={turn.id} />
        </p>
        {turn.branch === "abandoned" && <BranchWords turn={turn} />}
      </header>
    </>
  );
}

/** The close of a turn that did not end with an answer. */
export function OutcomeRow({ turn }: { turn: TurnRow }) {
  return (
    <p className={`outcome-row outcome-${turn.outcome}`}>
      {OUTCOME_SENTENCES[turn.outcome] ?? OUTCOMES[turn.outcome]}
    </p>
  );
}

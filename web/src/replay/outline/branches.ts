/** Where branches that a rewind left behind come from, and where the session went on instead. */
import type { TurnRow } from "@/api/types";

type Turn = Pick<TurnRow, "id" | "index" | "branch" | "parent">;

export interface LeftBranch {
  /** The turn that the person went back to; undefined where it was the very beginning. */
  backTo: Turn | undefined;
  /** The turn that took the branch's place; undefined where none did. */
  wentOn: Turn | undefined;
}

/** What became of a turn's branch; undefined of one that was not left behind. */
export function leftBranch(turns: readonly Turn[], turn: Turn): LeftBranch | undefined {
  if (turn.branch !== "abandoned") {
    return undefined;
  }
  const byId = new Map(turns.map((each) => [each.id, each]));
  const seen = new Set<string>();
  let backTo: Turn | undefined = turn;
  while (backTo?.branch === "abandoned" && !seen.has(backTo.id)) {
    seen.add(backTo.id);
    backTo = backTo.parent === undefined ? undefined : byId.get(backTo.parent);
  }
  const left = backTo?.branch === "abandoned" ? undefined : backTo;
  const wentOn = turns.find(
    (each) => each.branch === "main" && each.index > turn.index && each.parent === left?.id,
  );
  return { backTo: left, wentOn };
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { TurnRow } from "@/api/types";
import { turnsQuery } from "../data";
import { useReplay } from "../replay-context";
import { parseSessionSearch } from "../session-search";
import { leftBranch } from "./branches";

/** Of a turn that a rewind left behind: where it left, and where the session went on. */
export function BranchWords({ turn }: { turn: TurnRow }) {
  const { workspace, session } = useReplay();
  const turns = useQuery({ ...turnsQuery(workspace, session), enabled: false });
  const branch = turns.data && leftBranch(turns.data, turn);
  if (!branch) {
    return null;
  }
  const link = (to: { id: string; index: number }, words: ReactNode) => (
    <Link
      to="/w/$workspace/sessions/$session/turns/$turn"
      params={{ workspace, session, turn: to.id }}
      search={parseSessionSearch}
    >
      {words} {to.index + 1}
    </Link>
  );
  return (
    <p className="turn-branch">
      A branch that was left behind: the person went back to{" "}
      {branch.backTo ? link(branch.backTo, "turn") : "the beginning"}
      {branch.wentOn && <> and went on with {link(branch.wentOn, "turn")}</>}.
    </p>
  );
}

import { useState } from "react";
import type { TurnRow } from "@/api/types";
import { useReplay } from "@/replay/replay-context";
import { Secret } from "@/settings/Secret";
import { Dialog } from "@/ui/Dialog";
import { RangeFields } from "./RangeFields";
import { rangePath } from "./words";

/** A link to turns, for people who may read the session. */
export function RangeDialog({
  session,
  turns,
  onClose,
}: {
  session: string;
  turns: readonly TurnRow[];
  onClose: () => void;
}) {
  const { workspace } = useReplay();
  const [range, setRange] = useState({ from: 0, to: Math.max(0, turns.length - 1) });
  const [first, last] = [turns[range.from], turns[range.to]];
  return (
    <Dialog title="Copy a link to turns" onClose={onClose}>
      <p className="quiet">It opens for people who may read this session, once they are signed in.</p>
      {first && last ? (
        <div className="form share-range">
          <RangeFields turns={turns} range={range} onChange={setRange} />
          <Secret
            label="Link to the turns"
            text={window.location.origin + rangePath(workspace, session, first, last)}
          />
        </div>
      ) : (
        <p>This session has no turns.</p>
      )}
    </Dialog>
  );
}

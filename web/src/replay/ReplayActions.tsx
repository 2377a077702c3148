import type { SessionHead, TurnRow } from "@/api/types";
import { ViewButton } from "@/review/ViewButton";
import { ShareMenu } from "@/share/ShareMenu";
import { Button } from "@/ui/Button";
import { MakePrivate } from "./header/MakePrivate";
import { useReplay } from "./replay-context";

/** What can be done with the session as a whole. */
export function ReplayActions({
  head,
  turns,
  outlineOpen,
  onOutline,
  following,
  onFollow,
  onCopyLink,
  inspectorOpen,
  onInspector,
}: {
  head: SessionHead;
  turns: readonly TurnRow[];
  outlineOpen: boolean;
  onOutline: () => void;
  following: boolean;
  onFollow: () => void;
  onCopyLink: () => void;
  inspectorOpen: boolean;
  onInspector: () => void;
}) {
  const { agent } = useReplay();
  return (
    <>
      <Button look="quiet" className="only-narrow" aria-expanded={outlineOpen} onClick={onOutline}>
        {agent === undefined ? "Turns" : "Sub-agents"}
      </Button>
      {(head.live || head.end_reason === null) && (
        <Button look="quiet" aria-pressed={following} onClick={onFollow}>
          {following ? "Following" : "Follow"}
        </Button>
      )}
      {agent === undefined && <ViewButton />}
      {agent === undefined && <MakePrivate head={head} />}
      <Button look="quiet" onClick={onCopyLink}>
        Copy link
      </Button>
      <ShareMenu head={head} turns={turns} />
      <Button look="quiet" aria-expanded={inspectorOpen} onClick={onInspector}>
        Inspector
      </Button>
    </>
  );
}

import { Button } from "@/ui/Button";
import type { Mode } from "../layout/fold-rule";
import { ModeSwitch } from "./ModeSwitch";
import "./reading.css";

/** Over the transcript: how much is shown, finding, playing. */
export function ReadingBar({
  mode,
  onMode,
  isFinding,
  onFind,
  isPlayed,
  onPlay,
}: {
  mode: Mode;
  onMode: (mode: Mode) => void;
  isFinding: boolean;
  /** Undefined where nothing can be found. */
  onFind: (() => void) | undefined;
  isPlayed: boolean;
  /** Undefined where there is nothing to play. */
  onPlay: (() => void) | undefined;
}) {
  return (
    <div className="reading-bar">
      <ModeSwitch mode={mode} onMode={onMode} />
      <div className="reading-acts">
        {onFind && (
          <Button look="quiet" aria-expanded={isFinding} onClick={onFind}>
            Find
          </Button>
        )}
        <Button look="quiet" aria-pressed={isPlayed} onClick={onPlay} disabled={onPlay === undefined}>
          Play
        </Button>
      </div>
    </div>
  );
}

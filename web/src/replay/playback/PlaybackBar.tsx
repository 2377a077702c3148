import { formatCount } from "@/format/count";
import { Button } from "@/ui/Button";
import { SPEEDS } from "./pace";
import type { Playback } from "./use-playback";
import "./playback.css";

/** Under the transcript while it is played: on and on, one by one, how fast, how far. */
export function PlaybackBar({ playback, steps }: { playback: Playback; steps: number }) {
  const { isPlaying, isAtEnd, speed, step } = playback;
  return (
    <section className="playback" aria-label="Playback">
      <Button
        look="quiet"
        disabled={isAtEnd}
        onClick={playback.toggle}
        aria-label={isPlaying ? "Pause" : "Play"}
        className="playback-play"
      >
        <span aria-hidden="true">{isPlaying ? "❚❚" : "▶"}</span>
      </Button>
      <Button look="quiet" onClick={() => playback.move(-1)} aria-label="Previous step">
        <span aria-hidden="true">‹</span>
      </Button>
      <Button look="quiet" disabled={isAtEnd} onClick={() => playback.move(1)} aria-label="Next step">
        <span aria-hidden="true">›</span>
      </Button>
      <input
        type="range"
        className="playback-range"
        aria-label="Step"
        aria-valuetext={`Step ${formatCount(step + 1)} of ${formatCount(steps)}`}
        min={1}
        max={Math.max(1, steps)}
        value={step + 1}
        onChange={(event) => playback.to(Number(event.target.value) - 1)}
      />
      <span className="playback-place">
        {formatCount(step + 1)} / {formatCount(steps)}
      </span>
      <fieldset className="mode-switch">
        <legend className="visually-hidden">Speed</legend>
        {SPEEDS.map((each) => (
          <label key={each} className={each === speed ? "mode mode-on" : "mode"}>
            <input
              type="radio"
              name="speed"
              className="visually-hidden"
              checked={each === speed}
              onChange={() => playback.setSpeed(each)}
            />
            {each}×
          </label>
        ))}
      </fieldset>
      <Button look="quiet" onClick={playback.end}>
        End
      </Button>
    </section>
  );
}

import { MODES, type Mode } from "../layout/fold-rule";
import "./reading.css";

const WORDS: Record<Mode, { name: string; says: string }> = {
  full: { name: "Full", says: "Every step" },
  skim: { name: "Skim", says: "Runs of calls and thoughts as one line" },
  focus: { name: "Focus", says: "Prompts and answers, and what went wrong" },
  raw: { name: "Raw", says: "Every step as its records have it" },
};

export const modeName = (mode: Mode) => WORDS[mode].name;

/** How much is shown; one of four. */
export function ModeSwitch({ mode, onMode }: { mode: Mode; onMode: (mode: Mode) => void }) {
  return (
    <fieldset className="mode-switch">
      <legend className="visually-hidden">Show</legend>
      {MODES.map((each) => (
        <label key={each} title={WORDS[each].says} className={each === mode ? "mode mode-on" : "mode"}>
          <input
            type="radio"
            name="mode"
            className="visually-hidden"
            checked={each === mode}
            onChange={() => onMode(each)}
          />
          {WORDS[each].name}
        </label>
      ))}
    </fieldset>
  );
}

/** The mode after this one. */
export const nextMode = (mode: Mode): Mode => MODES[(MODES.indexOf(mode) + 1) % MODES.length] ?? "full";

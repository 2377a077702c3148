import type { ReactNode } from "react";
import "./Switch.css";

/** Something that is on or off; with `some`, of several things some are. */
export function Switch({
  on,
  some = false,
  disabled = false,
  label,
  onChange,
  children,
}: {
  on: boolean;
  some?: boolean;
  disabled?: boolean;
  /** What it is called when its content does not say it. */
  label?: string;
  onChange: (on: boolean) => void;
  children?: ReactNode;
}) {
  return (
    <label className="switch">
      <input
        type="checkbox"
        // A switch has no state between on and off.
        role={some ? undefined : "switch"}
        ref={(input) => {
          if (input) {
            input.indeterminate = some;
          }
        }}
        checked={on}
        disabled={disabled}
        aria-label={label}
        onChange={(event) => onChange(event.target.checked)}
      />
      {children !== undefined && <span className="switch-words">{children}</span>}
    </label>
  );
}

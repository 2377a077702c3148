import { Fragment } from "react";
import { labelsOf } from "./keys";
import "./Keys.css";

/** The keys that do one thing, as they stand on a keyboard. */
export function Keys({ keys }: { keys: readonly string[] }) {
  return (
    <span className="keys">
      {keys.map((each, place) => (
        <Fragment key={each}>
          {place > 0 && <span className="keys-or">or</span>}
          <span className="keys-one">
            {labelsOf(each).map((label, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same key may be pressed twice
              <kbd key={at}>{label}</kbd>
            ))}
          </span>
        </Fragment>
      ))}
    </span>
  );
}

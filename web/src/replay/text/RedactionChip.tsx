import { useContext } from "react";
import { ReplayContext } from "../replay-context";
import { useHighlight } from "./highlight";
import type { Placeholder } from "./redactions";
import "./redaction-chip.css";

/** As many digits as tell the values of one session apart. */
const DIGITS_SHOWN = 4;

/** Where something was redacted. Read aloud and copied, it is the placeholder as it was stored. */
export function RedactionChip({ placeholder }: { placeholder: Placeholder }) {
  const { kind, fingerprint } = placeholder;
  const title = useContext(ReplayContext)?.ruleTitles.get(kind);
  const { isPointedAt, point, leave } = useHighlight(placeholder);
  return (
    <span
      className={isPointedAt ? "redaction redaction-same" : "redaction"}
      dir="ltr"
      title={redactionTitle(placeholder, title)}
      onPointerEnter={point}
      onPointerLeave={leave}
    >
      <Unseen text="[redacted:" />
      {kind}
      {fingerprint !== undefined && (
        <>
          <Unseen text={`:${fingerprint.slice(0, -DIGITS_SHOWN)}`} />
          <span className="redaction-print">{fingerprint.slice(-DIGITS_SHOWN)}</span>
        </>
      )}
      <Unseen text="]" />
    </span>
  );
}

function Unseen({ text }: { text: string }) {
  return <span className="visually-hidden">{text}</span>;
}

function redactionTitle({ kind, fingerprint }: Placeholder, title: string | undefined): string {
  const what = title === undefined ? kind : `${title} (${kind})`;
  return fingerprint === undefined ? `Redacted: ${what}` : `Redacted: ${what}, fingerprint ${fingerprint}`;
}

/** The same value by its digits alone: pointed at or focused, it shows where it stands on the page. */
export function FingerprintButton({ placeholder }: { placeholder: Placeholder }) {
  const { isPointedAt, point, leave } = useHighlight(placeholder);
  return (
    <button
      type="button"
      className={isPointedAt ? "redaction redaction-same" : "redaction"}
      title={`Fingerprint ${placeholder.fingerprint}: shows where else it stands on the page`}
      onPointerEnter={point}
      onPointerLeave={leave}
      onFocus={point}
      onBlur={leave}
    >
      <span className="visually-hidden">Show fingerprint </span>
      <span className="redaction-print">{placeholder.fingerprint?.slice(-DIGITS_SHOWN)}</span>
    </button>
  );
}

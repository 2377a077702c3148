import { RedactionChip } from "./RedactionChip";
import { oneLine, type TextPart, visibleParts } from "./visible";
import "./text.css";

/** Scripts that are written from the right: a text without any cannot move its neighbours. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Captured text on the page: unseen characters as marks, its direction kept to itself. */
export function Visible({ text }: { text: string }) {
  const parts = visibleParts(text);
  const [only] = parts;
  if (parts.length === 1 && only?.kind === "text" && !RIGHT_TO_LEFT.test(only.text)) {
    return only.text;
  }
  return (
    <span className="visible-text" dir="auto">
      <Parts parts={parts} />
    </span>
  );
}

/** The same on one line, cut where it is too long for one. */
export function VisibleLine({ text, charactersMax }: { text: string; charactersMax?: number }) {
  return <Visible text={oneLine(text, charactersMax)} />;
}

function Parts({ parts }: { parts: readonly TextPart[] }) {
  return parts.map((part, place) =>
    part.kind === "text" ? (
      part.text
    ) : part.placeholder ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text neither move nor change
      <RedactionChip key={place} placeholder={part.placeholder} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text neither move nor change
      <span key={place} className="visible-mark" dir="ltr" title={part.title}>
        {part.text}
      </span>
    ),
  );
}

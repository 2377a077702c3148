import { memo } from "react";
import { terminalParts } from "./ansi";
import { RedactionChip } from "./RedactionChip";
import "./terminal.css";

/** Output of a terminal: its colours and styles, everything else that controls one as marks. */
export const Terminal = memo(function Terminal({ text }: { text: string }) {
  return (
    <span className="visible-text">
      {terminalParts(text).map((part, place) =>
        part.kind === "text" && part.style === "" ? (
          part.text
        ) : part.placeholder ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text neither move nor change
          <RedactionChip key={place} placeholder={part.placeholder} />
        ) : (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text neither move nor change
            key={place}
            className={part.kind === "mark" ? "visible-mark" : part.style}
            dir={part.kind === "mark" ? "ltr" : undefined}
            title={part.title}
          >
            {part.text}
          </span>
        ),
      )}
    </span>
  );
});

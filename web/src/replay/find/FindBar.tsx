import { type KeyboardEvent, type Ref, useEffect, useState } from "react";
import { messageOf } from "@/api/error";
import { formatCount, plural } from "@/format/count";
import { Button } from "@/ui/Button";
import { Visible } from "../text/Visible";
import { markedPieces } from "./found";
import type { Find } from "./use-find";
import "./find.css";

/** What is typed is looked for once no key was pressed for so long. */
const TYPING_MS = 250;

/** Where in the session something stands: n of m, with the words around it. */
export function FindBar({
  ref,
  find,
  onFind,
  onMove,
  onClose,
}: {
  ref: Ref<HTMLInputElement>;
  find: Find;
  onFind: (words: string) => void;
  onMove: (direction: 1 | -1) => void;
  onClose: () => void;
}) {
  const [draft, setDraft] = useState(find.words ?? "");
  const [known, setKnown] = useState(find.words);
  if (known !== find.words) {
    // The address was changed by another than this field.
    setKnown(find.words);
    if ((find.words ?? "") !== draft.trim()) {
      setDraft(find.words ?? "");
    }
  }
  const isTold = draft.trim() === (find.words ?? "");
  useEffect(() => {
    if (!isTold) {
      const timer = setTimeout(() => onFind(draft), TYPING_MS);
      return () => clearTimeout(timer);
    }
  }, [draft, isTold, onFind]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (isTold) {
        onMove(event.shiftKey ? -1 : 1);
      } else {
        onFind(draft);
      }
    }
  }

  return (
    <search className="find" aria-label="Find in the session">
      <div className="find-line">
        <input
          ref={ref}
          type="search"
          className="find-input"
          aria-label="Find in the session"
          placeholder={'Words, a "phrase", beginn*, -without, output:error'}
          spellCheck={false}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span className="find-count" role="status">
          {isTold && countWords(find)}
        </span>
        <Button look="quiet" disabled={find.count === 0} onClick={() => onMove(-1)} aria-label="Previous hit">
          <span aria-hidden="true">↑</span>
        </Button>
        <Button look="quiet" disabled={find.count === 0} onClick={() => onMove(1)} aria-label="Next hit">
          <span aria-hidden="true">↓</span>
        </Button>
        <Button look="quiet" onClick={onClose} aria-label="Close the search">
          <span aria-hidden="true">✕</span>
        </Button>
      </div>
      {find.error && (
        <p className="find-words is-error" role="alert">
          {messageOf(find.error)}
        </p>
      )}
      {find.hit && (
        <p className="find-words">
          <span className="find-field">{find.hit.field}</span>{" "}
          {markedPieces(find.hit.snippet.text, find.hit.snippet.marks).map(({ text, isFound }, place) =>
            isFound ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text do not move
              <mark key={place}>
                <Visible text={text} />
              </mark>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text do not move
              <Visible key={place} text={text} />
            ),
          )}
        </p>
      )}
      {find.words !== undefined && find.lag > 0 && (
        <p className="find-words quiet">
          {plural(find.lag, "record")} of this workspace cannot be searched for yet.
        </p>
      )}
    </search>
  );
}

function countWords({ words, count, at, isCapped, isWaiting, error }: Find): string {
  if (words === undefined || error) {
    return "";
  }
  if (isWaiting) {
    return "Searching …";
  }
  const all = `${formatCount(count)}${isCapped ? "+" : ""}`;
  return count === 0
    ? "Not found"
    : at === undefined
      ? plural(count, "step").replace(formatCount(count), all)
      : `${formatCount(at + 1)} of ${all}`;
}

import { useId, useRef, useState } from "react";
import type { TimelineMark, TimelineSegment, TurnRow } from "@/api/types";
import { formatCount } from "@/format/count";
import { Button } from "@/ui/Button";
import { usePressOutside } from "@/ui/use-press-outside";
import { type Annotation, annotationWords } from "./annotations";
import { timeOf } from "./scale";
import { markWords } from "./words";

const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const SHOWN = 200;

/** The marks as a list: for the keyboard, and for who does not see them. */
export function MarkList({
  marks,
  annotations,
  segments,
  onStep,
  onTurn,
}: {
  marks: readonly TimelineMark[];
  annotations: readonly Annotation[];
  segments: readonly TimelineSegment[];
  onStep: (index: number) => void;
  onTurn: (turn: TurnRow) => void;
}) {
  const [open, setOpen] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  usePressOutside(list, open, () => setOpen(false));
  const count = [...marks, ...annotations].reduce((sum, mark) => sum + mark.count, 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what stands within
    <div
      ref={list}
      className="timeline-marks"
      onKeyDown={(event) => {
        if (event.key === "Escape" && open) {
          event.stopPropagation();
          setOpen(false);
        }
      }}
    >
      <Button look="quiet" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
        {formatCount(count)} {count === 1 ? "mark" : "marks"}
      </Button>
      {open && (
        <ul id={id} className="timeline-marks-list" aria-label="Marks">
          {annotations.slice(0, SHOWN).map((annotation) => (
            <li key={`${annotation.kind} ${annotation.turn.id}`}>
              <button
                type="button"
                onClick={() => {
                  setOpen(false);
                  onTurn(annotation.turn);
                }}
              >
                <span className={`timeline-mark timeline-mark-${annotation.kind}`} aria-hidden="true" />
                <span>{annotationWords(annotation)}</span>
                <span />
              </button>
            </li>
          ))}
          {marks.slice(0, SHOWN).map((mark) => {
            const time = timeOf(mark.at, segments);
            return (
              <li key={`${mark.kind} ${mark.step}`}>
                <button
                  type="button"
                  onClick={() => {
                    setOpen(false);
                    onStep(mark.step);
                  }}
                >
                  <span className={`timeline-mark timeline-mark-${mark.kind}`} aria-hidden="true" />
                  <span>{markWords(mark)}</span>
                  <time>{time === undefined ? "" : clock.format(time)}</time>
                </button>
              </li>
            );
          })}
          {marks.length > SHOWN && (
            <li className="quiet">{formatCount(marks.length - SHOWN)} more: zoom in to see them</li>
          )}
        </ul>
      )}
    </div>
  );
}

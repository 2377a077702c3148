import { memo, useState } from "react";
import { plural } from "@/format/count";
import { usePreferences } from "@/preferences/preferences";
import { Visible } from "../text/Visible";
import { useMedia } from "../use-media";
import { countChanges, type DiffLine, type Hunk, splitRows } from "./patch";
import "./diff.css";

/** Two columns need as much. */
const ROOMY = "(min-width: 900px)";
const LINES_FOLDED = 24;
const LINES_AT_ONCE = 400;
const CHARACTERS_MAX = 2_000;

/** A change of a file: lines with both numbers, the words that differ marked. */
export const Diff = memo(function Diff({
  hunks,
  open,
  onOpen,
}: {
  hunks: readonly Hunk[];
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const [most, setMost] = useState(LINES_AT_ONCE);
  const total = hunks.reduce((lines, hunk) => lines + hunk.lines.length, 0);
  const budget = open ? most : LINES_FOLDED;
  const shown = within(hunks, budget);
  const left = total - Math.min(total, budget);
  const numbered = hunks.some((hunk) => hunk.at !== undefined);
  const isRoomy = useMedia(ROOMY);
  const split = usePreferences().changes === "split" && isRoomy;
  return (
    <div className="diff">
      {shown.map((hunk, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the hunks of a change do not move
        <HunkTable key={place} hunk={hunk} numbered={numbered} split={split && hasSides(hunk)} />
      ))}
      {left > 0 && (
        <button
          type="button"
          className="long-text-more"
          onClick={() => (open ? setMost(most + LINES_AT_ONCE) : onOpen(true))}
        >
          {plural(left, "more line")}
        </button>
      )}
      {open && left === 0 && total > LINES_FOLDED && (
        <button type="button" className="long-text-more" onClick={() => onOpen(false)}>
          Fold
        </button>
      )}
    </div>
  );
});

function HunkTable({ hunk, numbered, split }: { hunk: Hunk; numbered: boolean; split: boolean }) {
  return (
    <table className={`diff-hunk ${split ? "diff-split" : ""}`} aria-label={hunkName(hunk)}>
      <tbody>
        {split
          ? splitRows(hunk.lines).map(([before, after], at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a change do not move
              <tr key={at} className="diff-line">
                <Side line={before} number={before?.oldLine} numbered={numbered} />
                <Side line={after} number={after?.newLine} numbered={numbered} />
              </tr>
            ))
          : hunk.lines.map((line, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a change do not move
              <Line key={at} line={line} numbered={numbered} />
            ))}
      </tbody>
    </table>
  );
}

/** `+3 −1` beside a file's name. */
export function DiffCounts({ hunks }: { hunks: readonly Hunk[] }) {
  const { added, removed } = countChanges(hunks);
  return (
    <span className="diff-counts">
      {added > 0 && <span className="diff-count-added">+{added}</span>}
      {removed > 0 && <span className="diff-count-removed">−{removed}</span>}
    </span>
  );
}

const SIGNS: Record<DiffLine["kind"], string> = { same: " ", added: "+", removed: "−" };

function Line({ line, numbered }: { line: DiffLine; numbered: boolean }) {
  return (
    <tr className={`diff-line diff-${line.kind}`}>
      {numbered && (
        <>
          <td className="diff-number" data-line={line.oldLine} />
          <td className="diff-number" data-line={line.newLine} />
        </>
      )}
      <td className="diff-sign" data-sign={SIGNS[line.kind]}>
        {line.kind !== "same" && <span className="visually-hidden">{line.kind}: </span>}
      </td>
      <td className="diff-text">
        <Marked line={line} />
      </td>
    </tr>
  );
}

/** A line in its column; an empty one where the other side has no counterpart. */
function Side({
  line,
  number,
  numbered,
}: {
  line: DiffLine | undefined;
  number: number | undefined;
  numbered: boolean;
}) {
  const kind = line?.kind ?? "none";
  return (
    <>
      {numbered && <td className={`diff-number diff-side-${kind}`} data-line={number} />}
      <td className={`diff-sign diff-side-${kind}`} data-sign={line && SIGNS[line.kind]}>
        {line && line.kind !== "same" && <span className="visually-hidden">{line.kind}: </span>}
      </td>
      <td className={`diff-text diff-side-${kind}`}>{line && <Marked line={line} />}</td>
    </>
  );
}

function Marked({ line: { text, marks } }: { line: DiffLine }) {
  const cut = text.length > CHARACTERS_MAX;
  const shown = cut ? text.slice(0, CHARACTERS_MAX) : text;
  const pieces = [];
  let at = 0;
  for (const [start, end] of marks) {
    pieces.push(
      <Visible key={at} text={shown.slice(at, start)} />,
      <mark key={`mark-${start}`}>
        <Visible text={shown.slice(start, end)} />
      </mark>,
    );
    at = end;
  }
  return (
    <>
      {pieces}
      <Visible text={shown.slice(at)} />
      {cut && <span className="quiet"> … line shown in part</span>}
    </>
  );
}

/** Beside a new file there is nothing. */
const hasSides = ({ lines }: Hunk) =>
  lines.some(({ kind }) => kind !== "added") && lines.some(({ kind }) => kind !== "removed");

function hunkName(hunk: Hunk): string {
  return hunk.at ? `Change at line ${hunk.at.new}` : "Change";
}

/** The first lines of all hunks together. */
function within(hunks: readonly Hunk[], lines: number): Hunk[] {
  const shown: Hunk[] = [];
  let left = lines;
  for (const hunk of hunks) {
    if (left <= 0) {
      break;
    }
    shown.push(hunk.lines.length <= left ? hunk : { ...hunk, lines: hunk.lines.slice(0, left) });
    left -= hunk.lines.length;
  }
  return shown;
}

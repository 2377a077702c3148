import { MARKED_SOURCE } from "../text/redactions";
import { editScript } from "./edit-script";

type Marks = [start: number, end: number][];

/** Longer lines get no marks of words. */
const LINE_MAX = 1_000;
/** Lines that share less than this part are another line, not a changed one. */
const SHARED_MIN = 0.3;

/** Where two lines differ, by words: marks for the old line and for the new one. */
export function wordMarks(before: string, after: string): [Marks, Marks] {
  if (before.length > LINE_MAX || after.length > LINE_MAX) {
    return [[], []];
  }
  const edits = editScript(wordsOf(before), wordsOf(after));
  const shared = edits
    .filter((edit) => edit.kind === "same")
    .reduce((length, edit) => length + edit.text.trim().length, 0);
  const longer = Math.max(before.trim().length, after.trim().length);
  if (shared < longer * SHARED_MIN) {
    return [[], []];
  }
  const removed: Marks = [];
  const added: Marks = [];
  let old = 0;
  let fresh = 0;
  for (const { kind, text } of edits) {
    if (kind === "removed") {
      extend(removed, old, old + text.length);
    } else if (kind === "added") {
      extend(added, fresh, fresh + text.length);
    }
    old += kind === "added" ? 0 : text.length;
    fresh += kind === "removed" ? 0 : text.length;
  }
  return [removed, added];
}

const WORDS = new RegExp(String.raw`${MARKED_SOURCE}|[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]`, "gu");

const wordsOf = (line: string): string[] => line.match(WORDS) ?? [];

function extend(marks: Marks, start: number, end: number) {
  const last = marks.at(-1);
  if (last && last[1] === start) {
    last[1] = end;
  } else {
    marks.push([start, end]);
  }
}

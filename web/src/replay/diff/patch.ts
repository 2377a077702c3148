/** One form for every change of a text: hunks of lines, from the client's own patch or from two texts. */
import type { Json } from "@/api/types";
import { asArray, asNumber, asRecord, asText } from "../tools/shapes";
import { editScript } from "./edit-script";
import { wordMarks } from "./words";

export interface Hunk {
  /** Lines left out before it, for the rule between hunks; undefined where line numbers are not known. */
  at: { old: number; new: number } | undefined;
  lines: DiffLine[];
}

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
  /** 1-based; undefined on the other side and where numbers are not known. */
  oldLine: number | undefined;
  newLine: number | undefined;
  /** The words that differ from the line's counterpart: [start, end) in `text`. */
  marks: [start: number, end: number][];
}

export interface DiffCounts {
  added: number;
  removed: number;
}

/** Unchanged lines shown around a change. */
const CONTEXT = 3;

/** Longer blocks are another text, not a changed one. */
const MARKED_LINES_MAX = 60;

/** The client's `structuredPatch`; undefined when the value is no such thing. */
export function hunksOfPatch(value: Json | undefined): Hunk[] | undefined {
  const hunks = asArray(value)?.map(hunkOfPatch);
  return hunks?.every((hunk) => hunk !== undefined) ? hunks : undefined;
}

function hunkOfPatch(value: Json): Hunk | undefined {
  const patch = asRecord(value);
  const old = asNumber(patch?.oldStart);
  const fresh = asNumber(patch?.newStart);
  const lines = asArray(patch?.lines)?.map(asText);
  if (old === undefined || fresh === undefined || !lines?.every((line) => line !== undefined)) {
    return undefined;
  }
  return numbered(
    lines
      // "\ No newline at end of file" is a remark, not a line.
      .filter((line) => !line.startsWith("\\"))
      .map((line) => ({ kind: KINDS.get(line[0] ?? " ") ?? "same", text: line.slice(1) })),
    { old, new: fresh },
  );
}

const KINDS = new Map<string, DiffLine["kind"]>([
  ["+", "added"],
  ["-", "removed"],
]);

/**
 * The change from one text to another. `firstLine` is the line of the file that both begin at; without it the
 * lines have no numbers, since counting from one would name lines of the file that they are not.
 */
export function hunksBetween(before: string, after: string, firstLine?: number): Hunk[] {
  const lines = editScript(linesOf(before), linesOf(after));
  const hunks: Hunk[] = [];
  let old = firstLine ?? 1;
  let fresh = firstLine ?? 1;
  let open: { at: { old: number; new: number }; lines: Pick<DiffLine, "kind" | "text">[] } | undefined;
  const close = () => {
    if (open) {
      const hunk = numbered(open.lines, open.at);
      hunks.push(firstLine === undefined ? unnumbered(hunk) : hunk);
      open = undefined;
    }
  };
  lines.forEach((line, place) => {
    const near = lines
      .slice(Math.max(0, place - CONTEXT), place + CONTEXT + 1)
      .some((other) => other.kind !== "same");
    if (near) {
      open ??= { at: { old, new: fresh }, lines: [] };
      open.lines.push(line);
    } else {
      close();
    }
    old += line.kind === "added" ? 0 : 1;
    fresh += line.kind === "removed" ? 0 : 1;
  });
  close();
  return hunks;
}

export function countChanges(hunks: readonly Hunk[]): DiffCounts {
  const counts = { added: 0, removed: 0 };
  for (const line of hunks.flatMap((hunk) => hunk.lines)) {
    if (line.kind !== "same") {
      counts[line.kind]++;
    }
  }
  return counts;
}

/** A new file as one hunk of added lines. */
export function hunksOfNewFile(text: string): Hunk[] {
  const lines = linesOf(text).map((line) => ({ kind: "added" as const, text: line }));
  return lines.length === 0 ? [] : [numbered(lines, { old: 0, new: 1 })];
}

function linesOf(text: string): string[] {
  if (text === "") {
    return [];
  }
  return (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
}

function numbered(lines: Pick<DiffLine, "kind" | "text">[], at: { old: number; new: number }): Hunk {
  let { old, new: fresh } = at;
  const result = lines.map(
    ({ kind, text }): DiffLine => ({
      kind,
      text,
      oldLine: kind === "added" ? undefined : old++,
      newLine: kind === "removed" ? undefined : fresh++,
      marks: [],
    }),
  );
  markWords(result);
  return { at, lines: result };
}

function unnumbered(hunk: Hunk): Hunk {
  return {
    at: undefined,
    lines: hunk.lines.map((line) => ({ ...line, oldLine: undefined, newLine: undefined })),
  };
}

/** Pairs the removed lines of a block with the added ones after them, first with first. */
function markWords(lines: DiffLine[]) {
  for (let at = 0; at < lines.length; ) {
    const removed = runOf(lines, at, "removed");
    const added = runOf(lines, at + removed.length, "added");
    if (removed.length === added.length && removed.length <= MARKED_LINES_MAX) {
      removed.forEach((line, place) => {
        const other = added[place];
        if (other) {
          [line.marks, other.marks] = wordMarks(line.text, other.text);
        }
      });
    }
    at += Math.max(1, removed.length + added.length);
  }
}

/** The lines side by side: what went and what came stand beside each other, first with first. */
export function splitRows(
  lines: readonly DiffLine[],
): [before: DiffLine | undefined, after: DiffLine | undefined][] {
  const rows: [DiffLine | undefined, DiffLine | undefined][] = [];
  for (let at = 0; at < lines.length; ) {
    const removed = runOf(lines, at, "removed");
    const added = runOf(lines, at + removed.length, "added");
    for (let place = 0; place < Math.max(removed.length, added.length); place++) {
      rows.push([removed[place], added[place]]);
    }
    at += removed.length + added.length;
    const line = lines[at];
    if (removed.length + added.length === 0 && line) {
      rows.push([line, line]);
      at++;
    }
  }
  return rows;
}

function runOf(lines: readonly DiffLine[], from: number, kind: DiffLine["kind"]): DiffLine[] {
  let end = from;
  while (lines[end]?.kind === kind) {
    end++;
  }
  return lines.slice(from, end);
}

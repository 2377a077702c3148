/** Folding of long outputs: a head, a tail and how much is between them. */
import { unmarked } from "./redactions";

export interface Fold {
  head: string;
  tail: string;
  /** Lines between head and tail; 0 when nothing is folded. */
  hiddenLines: number;
}

export const FOLD_OVER_LINES = 12;
const HEAD_LINES = 7;
const TAIL_LINES = 3;

/** A line longer than this is cut where it is shown folded. */
const LINE_MAX = 600;

export function foldText(text: string): Fold {
  const lines = countLines(text);
  if (lines <= FOLD_OVER_LINES) {
    return { head: text, tail: "", hiddenLines: 0 };
  }
  const headEnd = endOfLine(text, HEAD_LINES);
  const tailStart = startOfLastLines(text, TAIL_LINES);
  return {
    head: text.slice(0, headEnd),
    tail: text.slice(tailStart),
    hiddenLines: lines - HEAD_LINES - TAIL_LINES,
  };
}

export function countLines(text: string): number {
  if (text === "") {
    return 0;
  }
  let lines = 1;
  const end = text.endsWith("\n") ? text.length - 1 : text.length;
  for (let at = text.indexOf("\n"); at !== -1 && at < end; at = text.indexOf("\n", at + 1)) {
    lines++;
  }
  return lines;
}

export function firstLine(text: string): string {
  const trimmed = text.trimStart();
  const end = trimmed.indexOf("\n");
  return end === -1 ? trimmed : trimmed.slice(0, end);
}

/** Cuts lines that are too long to lay out; says how many characters were left out. */
export function cutLongLines(text: string, max = LINE_MAX): string {
  if (text.length <= max) {
    return text;
  }
  return text
    .split("\n")
    .map((line) =>
      line.length > max
        ? `${line.slice(0, max)} … ${unmarked(line.slice(max)).length.toLocaleString("en")} more characters in this line`
        : line,
    )
    .join("\n");
}

/**
 * Splits a long text at line ends into chunks that the browser can lay out one by one. A line longer than a
 * chunk is split within.
 */
export function chunksOf(text: string, charactersMax = 16_384): string[] {
  const chunks: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + charactersMax);
    if (end < text.length) {
      const lineEnd = text.lastIndexOf("\n", end);
      end = lineEnd > at ? lineEnd + 1 : endOfPoint(text, end);
    }
    chunks.push(text.slice(at, end));
    at = end;
  }
  return chunks;
}

/** Not between the two halves of one character. */
const endOfPoint = (text: string, at: number) => (/[\udc00-\udfff]/.test(text[at] ?? "") ? at + 1 : at);

function endOfLine(text: string, lines: number): number {
  let at = -1;
  for (let line = 0; line < lines; line++) {
    at = text.indexOf("\n", at + 1);
    if (at === -1) {
      return text.length;
    }
  }
  return at;
}

function startOfLastLines(text: string, lines: number): number {
  let at = text.endsWith("\n") ? text.length - 1 : text.length;
  for (let line = 0; line < lines; line++) {
    at = text.lastIndexOf("\n", at - 1);
    if (at <= 0) {
      return 0;
    }
  }
  return at + 1;
}

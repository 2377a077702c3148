/** What is selected in the transcript, and where that stands in what was captured. */
import type { ContentField, Step } from "@/api/types";
import { unmarked } from "@/replay/text/redactions";
import { findAlike, placeOfScalar, scalarsBefore } from "./places";

export interface Picked {
  /** The row of the transcript that it is in. */
  row: number;
  text: string;
  /** What stands before it in the same step, as it is shown. */
  before: string;
  range: Range;
}

const ROW = "[data-index]";

/** The reader's selection, as far as it is within one step; undefined without one. */
export function pickedText(selection: Selection | null = getSelection()): Picked | undefined {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) {
    return undefined;
  }
  const range = selection.getRangeAt(0).cloneRange();
  const row = elementOf(range.startContainer)?.closest<HTMLElement>(ROW);
  if (!row?.closest("[role='feed']")) {
    return undefined;
  }
  const body = bodyOf(row);
  if (!row.contains(range.endContainer)) {
    range.setEnd(body, body.childNodes.length);
  }
  const text = range.toString();
  if (text.trim() === "") {
    return undefined;
  }
  const before = document.createRange();
  before.setStart(body, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return { row: Number(row.dataset.index), text, before: before.toString(), range };
}

const elementOf = (node: Node) => (node instanceof Element ? node : node.parentElement);

/** What a row shows of its step, without the time beside it. */
export const bodyOf = (row: Element): Element => row.querySelector(".step-body") ?? row;

export interface Quoted {
  field: ContentField;
  /** In Unicode scalar values. */
  start: number;
  end: number;
  quote: string;
}

/** Where a selection stands in the step's own texts; undefined where none of them has it. */
export function quotedIn(step: Step, picked: Pick<Picked, "text" | "before">): Quoted | undefined {
  for (const [field, text] of textsOf(step)) {
    const found = findAlike(picked.text, picked.before, text);
    if (found) {
      return {
        field,
        start: scalarsBefore(text, found.start),
        end: scalarsBefore(text, found.end),
        quote: text.slice(found.start, found.end),
      };
    }
  }
  return undefined;
}

/** The texts of a step that a place can be in, as they were captured; what is no text as the server writes it out. */
export function textsOf(step: Step): [ContentField, string][] {
  const { text, tool } = step;
  const fields: [ContentField, unknown][] = [
    ["text", text],
    ["output", tool?.output],
    ["error", tool?.error],
    ["input", tool?.input],
    ["result", tool?.result],
  ];
  return fields.flatMap(([field, value]): [ContentField, string][] =>
    value === null || value === undefined || value === ""
      ? []
      : [[field, unmarked(typeof value === "string" ? value : JSON.stringify(value, null, 2))]],
  );
}

/** The quoted piece of a step's text, and what stands before it. */
export function quoteAt(
  step: Step,
  anchor: { field: string | null; start: number | null; end: number | null },
): { quote: string; before: string } | undefined {
  const text = textsOf(step).find(([field]) => field === anchor.field)?.[1];
  if (text === undefined || anchor.start === null || anchor.end === null) {
    return undefined;
  }
  const start = placeOfScalar(text, anchor.start);
  return { quote: text.slice(start, placeOfScalar(text, anchor.end)), before: text.slice(0, start) };
}

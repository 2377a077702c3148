import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";
import type { Comment } from "@/api/reviews";
import type { Step, StepRow } from "@/api/types";
import { stepsQuery } from "@/replay/data";
import { PAGE_STEPS, pageOffset } from "@/replay/layout/pages";
import { type RowLayout, rowAt } from "@/replay/layout/rows";
import type { Composing } from "./judging-context";
import { bodyOf, quoteAt } from "./picked-text";
import { findAlike } from "./places";
import "./comment-marks.css";

/** How their marks are called in `comment-marks.css`. */
const COMMENTED = "argus-commented";
const PICKED = "argus-picked";

/**
 * Marks what was commented on in the rows that are on the page, and opens the thread of a mark that is clicked. The marks are painted by the browser over the text as it
 * stands, so that no row is made anew; a browser that cannot shows none, and the Review tab has the quotes all the same.
 */
export function useCommentMarks({
  workspace,
  session,
  marked,
  layout,
  composing,
  onThread,
}: {
  workspace: string;
  session: string;
  marked: ReadonlyMap<string, readonly Comment[]>;
  layout: RowLayout;
  composing: Composing | undefined;
  onThread: (comment: string) => void;
}) {
  const queryClient = useQueryClient();
  const open = useEffectEvent(onThread);

  useEffect(() => {
    const feed = document.querySelector<HTMLElement>("[role='feed']");
    if (!canMark() || !feed || marked.size === 0) {
      return;
    }
    const stepOfRow = (place: number): StepRow | undefined => {
      const row = rowAt(layout, place);
      if (row?.kind !== "step") {
        return undefined;
      }
      const { queryKey } = stepsQuery(workspace, session, undefined, pageOffset(row.index));
      return queryClient.getQueryData(queryKey)?.items[row.index % PAGE_STEPS];
    };
    let shown: Mark[] = [];
    const mark = () => {
      shown = [...feed.querySelectorAll<HTMLElement>("article[data-index]")].flatMap((row) => {
        const step = stepOfRow(Number(row.dataset.index))?.step;
        const here = step ? commentsOn(marked, step) : [];
        return step && here.length > 0 ? marksIn(row, step, here) : [];
      });
      CSS.highlights.set(COMMENTED, new Highlight(...shown.map(({ range }) => range)));
    };
    const onClick = (event: MouseEvent) => {
      const mark = isPress(event) ? shown.find(({ range }) => isAt(range, event)) : undefined;
      if (mark) {
        // The row need not be chosen besides.
        event.preventDefault();
        open(mark.comment);
      }
    };
    let frame = requestAnimationFrame(mark);
    const observer = new MutationObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(mark);
    });
    observer.observe(feed, { childList: true, subtree: true });
    feed.addEventListener("click", onClick);
    return () => {
      feed.removeEventListener("click", onClick);
      observer.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete(COMMENTED);
    };
  }, [queryClient, workspace, session, marked, layout]);

  const picked = composing?.kind === "comment" ? composing.picked?.range : undefined;
  useEffect(() => {
    if (picked && canMark()) {
      CSS.highlights.set(PICKED, new Highlight(picked));
      return () => void CSS.highlights.delete(PICKED);
    }
  }, [picked]);
}

const canMark = () => typeof CSS !== "undefined" && "highlights" in CSS && typeof Highlight === "function";

/** The comments on a step, also by a name that it had before. */
export const commentsOn = (
  marked: ReadonlyMap<string, readonly Comment[]>,
  { id, aliases }: Pick<Step, "id" | "aliases">,
): readonly Comment[] => [id, ...aliases].flatMap((name) => marked.get(name) ?? []);

interface Mark {
  comment: string;
  range: Range;
}

function marksIn(row: Element, step: Step, comments: readonly Comment[]): Mark[] {
  const shown = textNodesOf(bodyOf(row));
  return comments.flatMap(({ id, anchor }) => {
    const quoted = quoteAt(step, anchor);
    const range = quoted && rangeOf(quoted, shown);
    return range ? [{ comment: id, range }] : [];
  });
}

/** A click on text, which is neither one on a button in it nor the end of marking some. */
const isPress = ({ target }: MouseEvent) =>
  target instanceof Element &&
  !target.closest("a, button, input, summary") &&
  (getSelection()?.isCollapsed ?? true);

const isAt = (range: Range, { clientX: x, clientY: y }: MouseEvent) =>
  [...range.getClientRects()].some(
    ({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom,
  );

interface Shown {
  text: string;
  nodes: { node: Text; start: number }[];
}

function textNodesOf(root: Element): Shown {
  const nodes: Shown["nodes"] = [];
  let text = "";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    nodes.push({ node, start: text.length });
    text += node.data;
  }
  return { text, nodes };
}

function rangeOf({ quote, before }: { quote: string; before: string }, shown: Shown): Range | undefined {
  const found = findAlike(quote, before, shown.text);
  const start = found && pointAt(shown, found.start);
  const end = found && pointAt(shown, found.end);
  if (!start || !end) {
    return undefined;
  }
  const range = document.createRange();
  range.setStart(start.node, start.offset);
  range.setEnd(end.node, end.offset);
  return range;
}

function pointAt({ nodes }: Shown, place: number): { node: Text; offset: number } | undefined {
  const found = nodes.findLast(({ start }) => start <= place);
  return found && { node: found.node, offset: Math.min(place - found.start, found.node.length) };
}

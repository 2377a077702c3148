import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Comment } from "@/api/reviews";
import type { StepRow } from "@/api/types";
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
 * Marks what was commented on in the rows that are on the page. The marks are painted by the browser over the text as it
 * stands, so that no row is made anew; a browser that cannot shows none, and the Review tab has the quotes all the same.
 */
export function useCommentMarks({
  workspace,
  session,
  comments,
  layout,
  composing,
}: {
  workspace: string;
  session: string;
  comments: readonly Comment[];
  layout: RowLayout;
  composing: Composing | undefined;
}) {
  const queryClient = useQueryClient();

  useEffect(() => {
    const feed = document.querySelector("[role='feed']");
    // An answer stands where its thread stands, and goes with it.
    const marked = comments.filter(
      ({ reply_to, removed, resolved, anchor }) =>
        reply_to === null && !removed && !resolved && (anchor.state === "placed" || anchor.state === "moved"),
    );
    if (!canMark() || !feed || marked.length === 0) {
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
    const mark = () => {
      const ranges: Range[] = [];
      for (const row of feed.querySelectorAll<HTMLElement>("article[data-index]")) {
        const step = stepOfRow(Number(row.dataset.index))?.step;
        const here = step && marked.filter(({ anchor }) => isOf(step.id, step.aliases, anchor.step));
        if (step && here && here.length > 0) {
          const shown = textNodesOf(bodyOf(row));
          for (const { anchor } of here) {
            const quoted = quoteAt(step, anchor);
            const range = quoted && rangeOf(quoted, shown);
            if (range) {
              ranges.push(range);
            }
          }
        }
      }
      CSS.highlights.set(COMMENTED, new Highlight(...ranges));
    };
    let frame = requestAnimationFrame(mark);
    const observer = new MutationObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(mark);
    });
    observer.observe(feed, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete(COMMENTED);
    };
  }, [queryClient, workspace, session, comments, layout]);

  const picked = composing?.kind === "comment" ? composing.picked?.range : undefined;
  useEffect(() => {
    if (picked && canMark()) {
      CSS.highlights.set(PICKED, new Highlight(picked));
      return () => void CSS.highlights.delete(PICKED);
    }
  }, [picked]);
}

const canMark = () => typeof CSS !== "undefined" && "highlights" in CSS && typeof Highlight === "function";

const isOf = (id: string, aliases: readonly string[], step: string | null) =>
  step !== null && (step === id || aliases.includes(step));

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

import type { Step } from "@/api/types";
import { visibleLine } from "@/replay/text/visible";
import { useJudging } from "./judging-context";
import { commentsOn } from "./use-comment-marks";
import "./comment-marks.css";

/** Beside a step that was commented on: how many threads, and the way to the first of them. */
export function CommentMark({ step }: { step: Step }) {
  const judging = useJudging();
  const comments = judging ? commentsOn(judging.marked, step) : [];
  const first = comments[0];
  if (!judging || !first) {
    return null;
  }
  const words = `Comment by ${visibleLine(first.by.name, 60)}`;
  return (
    <button
      type="button"
      className="comment-mark"
      aria-label={comments.length > 1 ? `${words} and ${comments.length - 1} more: open` : `${words}: open`}
      title={words}
      onClick={() => judging.openThread(first.id)}
    >
      {comments.length}
    </button>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useRef } from "react";
import type { Comment, CommentVersion } from "@/api/reviews";
import { stepQuery } from "@/replay/data";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Time } from "@/ui/Time";
import type { Thread } from "./judgements";
import type { Judging } from "./judging-context";
import { quoteAt } from "./picked-text";
import { Text } from "./Text";
import { ANCHOR_WORDS } from "./words";

const QUOTE_MAX = 240;

const CHANGES: Record<CommentVersion["change"], string> = {
  written: "Written",
  edited: "Edited",
  removed: "Removed",
  restored: "Put back",
  resolved: "Resolved",
  reopened: "Opened again",
};

/** A comment with its place and what was replied to it. */
export function ThreadView({ thread: { root, replies }, judging }: { thread: Thread; judging: Judging }) {
  const { mayWrite, acts, compose, say, soughtThread, threadSeen } = judging;
  const element = useRef<HTMLElement>(null);
  const isSought = soughtThread === root.id;
  useEffect(() => {
    if (isSought) {
      // At the top it stays in sight when what is above it is still fetched.
      element.current?.scrollIntoView({ block: "start" });
      element.current?.focus({ preventScroll: true });
      threadSeen();
    }
  }, [isSought, threadSeen]);
  const state = ANCHOR_WORDS[root.anchor.state];
  const change = async (change: { resolved: boolean }) => {
    try {
      await acts.changeComment(root.id, change);
    } catch {
      say("The comment was not changed: the server refused it");
    }
  };
  const thread = (
    <>
      {root.anchor.step !== null && <AnchorLine comment={root} judging={judging} />}
      {state && (
        <p className="review-state" title={state.says}>
          {state.name}
        </p>
      )}
      {root.removed ? (
        <p className="quiet">A comment that was removed</p>
      ) : (
        <CommentView comment={root} judging={judging} />
      )}
      {replies.map((reply) => (
        <div key={reply.id} className="thread-reply">
          <CommentView comment={reply} judging={judging} />
        </div>
      ))}
      {mayWrite && (
        <p className="thread-acts">
          <button type="button" onClick={() => compose({ kind: "reply", to: root })}>
            Reply
          </button>
          <button type="button" onClick={() => change({ resolved: !root.resolved })}>
            {root.resolved ? "Open again" : "Resolve"}
          </button>
        </p>
      )}
    </>
  );
  return root.resolved ? (
    <details className="thread thread-resolved">
      <summary>
        Resolved: <VisibleLine text={root.text ?? "a comment that was removed"} charactersMax={60} />
      </summary>
      {thread}
    </details>
  ) : (
    <section
      ref={element}
      className="thread"
      aria-label={`Comment by ${visibleLine(root.by.name, 60)}`}
      tabIndex={-1}
    >
      {thread}
    </section>
  );
}

function CommentView({ comment, judging }: { comment: Comment; judging: Judging }) {
  const { by, at, text, edited_at, history } = comment;
  const { mayWrite, compose, acts, say } = judging;
  const id = useId();
  return (
    <article className="judgement" aria-labelledby={id}>
      <p className="judgement-by">
        <span id={id} className="judgement-name">
          <VisibleLine text={by.me ? "You" : by.name} charactersMax={60} />
        </span>
        <Time at={at} />
        {mayWrite && by.me && (
          <span className="comment-acts">
            <button type="button" onClick={() => compose({ kind: "edit", comment })}>
              Edit
            </button>
            <button
              type="button"
              onClick={() =>
                acts
                  .changeComment(comment.id, { removed: true })
                  .catch(() => say("The comment was not removed: the server refused it"))
              }
            >
              Remove
            </button>
          </span>
        )}
      </p>
      {text !== null && <Text text={text} />}
      {edited_at !== null && (
        <details className="review-history">
          <summary>
            edited <Time at={edited_at} />
          </summary>
          {history.map((version) => (
            <div key={version.id}>
              {CHANGES[version.change]} by{" "}
              <VisibleLine text={version.by.me ? "you" : version.by.name} charactersMax={60} />{" "}
              <Time at={version.at} />
              {version.text !== null && <Text text={version.text} />}
            </div>
          ))}
        </details>
      )}
    </article>
  );
}

/** The quoted text, or the step; it leads there. */
function AnchorLine({ comment: { anchor }, judging }: { comment: Comment; judging: Judging }) {
  const { workspace, session, showStep } = judging;
  const step = useQuery(stepQuery(workspace, session, anchor.step ?? ""));
  const found = step.data;
  const quoted =
    found && (anchor.state === "placed" || anchor.state === "moved")
      ? quoteAt(found.step, anchor)?.quote
      : undefined;
  const words =
    quoted !== undefined ? (
      <VisibleLine text={quoted} charactersMax={QUOTE_MAX} />
    ) : found ? (
      <span className="quiet">Step {found.index + 1}</span>
    ) : undefined;
  if (!words) {
    return null;
  }
  return (
    <blockquote className="thread-quote">
      {found ? (
        <button type="button" onClick={() => showStep(found)}>
          {words}
        </button>
      ) : (
        words
      )}
    </blockquote>
  );
}

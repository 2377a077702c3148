import type { ReactNode } from "react";
import type { NewAnchor } from "@/api/reviews";
import type { CommandId } from "@/keyboard/commands";
import { Keys } from "@/keyboard/Keys";
import { keysOf } from "@/keyboard/key-map";
import { useKeyMap } from "@/keyboard/key-map-store";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { AnswerForm } from "./AnswerForm";
import { CommentForm } from "./CommentForm";
import { standingOn, VERDICT_WORDS } from "./judgements";
import { type Composing, type Judging, useJudging } from "./judging-context";
import { quotedIn } from "./picked-text";
import { ReasonForm } from "./ReasonForm";
import { nameOf } from "./ReviewLayer";
import { TagForm } from "./TagForm";
import "./judge-bar.css";

const TAGS_SHOWN = 3;

/** At the foot of the replay: what would be judged, the keys that do it, and what was just done. */
export function JudgeBar() {
  const judging = useJudging();
  if (!judging?.mayWrite) {
    return null;
  }
  const { target, whole, setWhole, turnRead, acts, said, reviews, composing } = judging;
  const standing = standingOn(reviews, target?.id ?? null);
  const mine = standing.mine?.verdict;
  const undo = acts.justGiven;
  const nameOfUndo = nameOf(judging.turns.find(({ id }) => id === undo?.turn));
  return (
    <>
      {composing && <Writing judging={judging} composing={composing} />}
      <section className="judge-bar" aria-label="Judging">
        <button
          type="button"
          className="judge-target"
          disabled={turnRead === undefined}
          title={whole ? "Judge the turn that is read" : "Judge the whole session"}
          onClick={() => setWhole(!whole)}
        >
          <span className="judge-target-name">{target ? `Turn ${target.index + 1}` : "Session"}</span>
          <KeyOf command="judge.whole" />
        </button>
        <div className="judge-acts">
          <ActButton command="judge.good" pressed={mine === "good"} tone="good" onClick={judging.good}>
            Good
          </ActButton>
          <ActButton command="judge.wrong" pressed={mine === "wrong"} tone="wrong" onClick={judging.wrong}>
            Wrong
          </ActButton>
          <ActButton command="judge.skip" onClick={judging.skip}>
            Skip
          </ActButton>
          <span className="judge-rule" />
          <ActButton command="judge.tag" onClick={() => judging.compose({ kind: "tag" })}>
            Tag
          </ActButton>
          <ActButton command="judge.comment" onClick={judging.comment}>
            Comment
          </ActButton>
          <ActButton command="judge.correct" onClick={judging.correct}>
            Correct
          </ActButton>
          <ActButton command="judge.score" onClick={judging.openScorecard}>
            Score
          </ActButton>
        </div>
        <p className="judge-tags">
          {standing.tags.slice(0, TAGS_SHOWN).map(({ id, tag }) => (
            <span key={id} className="tag">
              <VisibleLine text={tag} charactersMax={24} />
            </span>
          ))}
          {standing.tags.length > TAGS_SHOWN && `+${standing.tags.length - TAGS_SHOWN}`}
        </p>
        <p className="judge-said" role="status">
          {acts.isSlow ? "Storing…" : said || (undo && `${VERDICT_WORDS[undo.verdict]}: ${nameOfUndo}`)}
        </p>
        {undo && (
          <button type="button" className="judge-undo" onClick={() => void acts.undo()}>
            Undo
            {undo.turn !== target?.id && ` ${nameOfUndo}`} <KeyOf command="judge.undo" />
          </button>
        )}
      </section>
    </>
  );
}

function ActButton({
  command,
  pressed,
  tone,
  onClick,
  children,
}: {
  command: CommandId;
  pressed?: boolean;
  tone?: "good" | "wrong";
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={`judge-act ${tone ? `judge-${tone}` : ""}`}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <KeyOf command={command} />
      {children}
    </button>
  );
}

/** The first key of a command, as the reader has it. */
export function KeyOf({ command }: { command: CommandId }) {
  const keys = keysOf(useKeyMap(), command).slice(0, 1);
  return keys.length === 0 ? null : (
    <span aria-hidden="true">
      <Keys keys={keys} />
    </span>
  );
}

function Writing({ judging, composing }: { judging: Judging; composing: Composing }) {
  const { workspace, session, target, acts, say, compose, reviews } = judging;
  const close = () => compose(undefined);
  const about = target ? `Turn ${target.index + 1}` : "Session";
  const draft = draftOf(judging, composing);
  switch (composing.kind) {
    case "reason":
      return (
        <ReasonForm
          title="What is wrong?"
          about={about}
          send="Wrong"
          placeholder="The total leaves out the refunds"
          onSend={async (reason, keep) => {
            close();
            if (!(await acts.verdict(target?.id, "wrong", reason))) {
              keep();
            }
          }}
          draft={draft}
          onClose={close}
        />
      );
    case "skip":
      return (
        <ReasonForm
          title="Why do you leave it to others?"
          about={about}
          send="Skip"
          placeholder="I do not know this client's accounts"
          onSend={(reason) => {
            close();
            judging.queue?.skip(reason);
          }}
          draft={draft}
          onClose={close}
        />
      );
    case "tag":
      return (
        <TagForm
          workspace={workspace}
          about={about}
          tags={standingOn(reviews, target?.id ?? null).tags.flatMap(({ tag, by }) => (by.me ? [tag] : []))}
          known={[...new Set(reviews.tags.map(({ tag }) => tag))]}
          onChange={(tag, remove) => acts.tag(target?.id, tag, remove)}
          onClose={close}
        />
      );
    case "comment":
      return <CommentOnPlace judging={judging} composing={composing} />;
    case "reply":
      return (
        <CommentForm
          workspace={workspace}
          title="Reply"
          about={`to ${visibleLine(composing.to.by.name, 60)}`}
          send="Reply"
          onSend={async (text, mentions) => {
            await acts.comment({ anchor: placeOf(composing.to), text, reply_to: composing.to.id, mentions });
            say("Reply sent");
          }}
          draft={draft}
          onClose={close}
        />
      );
    case "edit":
      return (
        <CommentForm
          workspace={workspace}
          title="Edit the comment"
          about="What it said before stays in its history"
          send="Save"
          before={composing.comment.text ?? ""}
          onSend={async (text, mentions) => {
            await acts.changeComment(composing.comment.id, { text, mentions });
            say("Comment changed");
          }}
          draft={draft}
          onClose={close}
        />
      );
    case "answer":
      return (
        <AnswerForm
          workspace={workspace}
          session={session}
          turn={composing.turn}
          before={
            reviews.answers.find(({ turn, by, current }) => turn === composing.turn.id && by.me && current)
              ?.text ?? undefined
          }
          onSend={async (text) => {
            await acts.correct(composing.turn.id, text);
            say("Corrected answer saved");
          }}
          draft={draft}
          onClose={close}
        />
      );
  }
}

/** Whose it is, and what it is about: what is begun and left is found again there, and nowhere else. */
function draftOf({ me, session, target }: Judging, composing: Composing): string {
  const about =
    composing.kind === "reply"
      ? composing.to.id
      : composing.kind === "edit"
        ? composing.comment.id
        : composing.kind === "answer"
          ? composing.turn.id
          : (target?.id ?? "");
  return [me.id, session, composing.kind, about].join(" ");
}

/** A reply is where its comment is. */
const placeOf = ({ anchor: { turn, step } }: Extract<Composing, { kind: "reply" }>["to"]): NewAnchor => ({
  ...(turn !== null && { turn }),
  ...(step !== null && { step }),
});

function CommentOnPlace({
  judging,
  composing,
}: {
  judging: Judging;
  composing: Extract<Composing, { kind: "comment" }>;
}) {
  const { workspace, target, turns, acts, say, compose } = judging;
  const { picked, step } = composing;
  const quoted = step && picked && quotedIn(step.step, picked);
  const turn = step ? turns.find(({ id }) => id === step.turn_id) : target;
  const anchor: NewAnchor = {
    ...(turn && { turn: turn.id }),
    ...(step && { step: step.step.id }),
    ...quoted,
  };
  const where = turn ? `Turn ${turn.index + 1}` : "Session";
  return (
    <CommentForm
      workspace={workspace}
      title="Comment"
      about={quoted ? `on this text, ${where}` : step ? `on step ${step.index + 1}, ${where}` : `on ${where}`}
      send="Comment"
      onSend={async (text, mentions) => {
        await acts.comment({ anchor, text, ...(mentions.length > 0 && { mentions }) });
        say("Comment sent");
      }}
      draft={draftOf(judging, composing)}
      onClose={() => compose(undefined)}
    >
      {quoted ? (
        <blockquote className="composer-quote">
          <VisibleLine text={quoted.quote} charactersMax={400} />
        </blockquote>
      ) : (
        picked && (
          <p className="composer-hint">
            The selected text is not one that was captured as it is shown: the comment is on the whole step.
          </p>
        )
      )}
    </CommentForm>
  );
}

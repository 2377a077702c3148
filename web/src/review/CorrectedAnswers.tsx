import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { CorrectedAnswer } from "@/api/reviews";
import type { TurnRow } from "@/api/types";
import { plural } from "@/format/count";
import { Visible } from "@/replay/text/Visible";
import { Dialog } from "@/ui/Dialog";
import { Skeleton } from "@/ui/Skeleton";
import { Time } from "@/ui/Time";
import { digestQuery } from "./answer";
import { changedWords, type WordEdit } from "./changed-words";
import type { Judging } from "./judging-context";
import { Judgement } from "./ReviewTab";
import { Text } from "./Text";

/** Answers as they should have been, against what was answered. */
export function CorrectedAnswers({
  answers,
  turn,
  judging,
}: {
  answers: readonly CorrectedAnswer[];
  turn: TurnRow | undefined;
  judging: Judging;
}) {
  const { workspace, session, mayWrite, compose, acts, say } = judging;
  const [isWide, setIsWide] = useState(false);
  const written = answers.flatMap(({ text, ...answer }) => (text === null ? [] : [{ ...answer, text }]));
  const current = written.filter((answer) => answer.current);
  const earlier = written.filter((answer) => !answer.current);
  return (
    <>
      {current.map((answer) => (
        <Judgement key={answer.id} by={answer.by} at={answer.at} title="Corrected answer">
          <p className="review-kind">Corrected answer</p>
          {turn ? (
            <Changed workspace={workspace} session={session} turn={turn} corrected={answer.text} />
          ) : (
            <Text text={answer.text} />
          )}
          {turn && (
            <p className="thread-acts">
              <button type="button" onClick={() => setIsWide(true)}>
                Side by side
              </button>
              {mayWrite && answer.by.me && (
                <>
                  <button type="button" onClick={() => compose({ kind: "answer", turn })}>
                    Change
                  </button>
                  <button
                    type="button"
                    onClick={() =>
                      acts
                        .correct(turn.id, undefined)
                        .catch(() => say("The answer was not taken back: the server refused it"))
                    }
                  >
                    Take back
                  </button>
                </>
              )}
            </p>
          )}
          {isWide && turn && (
            <Dialog
              title={`Turn ${turn.index + 1}: answered and corrected`}
              wide
              onClose={() => setIsWide(false)}
            >
              <Sides workspace={workspace} session={session} turn={turn} corrected={answer.text} />
            </Dialog>
          )}
        </Judgement>
      ))}
      {earlier.length > 0 && (
        <details className="review-history">
          <summary>{plural(earlier.length, "earlier corrected answer")}</summary>
          {earlier.map((answer) => (
            <div key={answer.id}>
              <Time at={answer.at} />
              <Text text={answer.text} />
            </div>
          ))}
        </details>
      )}
    </>
  );
}

interface Sided {
  workspace: string;
  session: string;
  turn: TurnRow;
  corrected: string;
}

function useChanged({ workspace, session, turn, corrected }: Sided) {
  const original = useQuery(digestQuery(workspace, session, turn));
  return useMemo(
    () => (original.data === undefined ? undefined : changedWords(original.data.answer, corrected)),
    [original.data, corrected],
  );
}

/** Both in one text: what is gone struck out, what came marked. */
function Changed(props: Sided) {
  const edits = useChanged(props);
  return edits === undefined ? (
    <p>
      <Skeleton width="70%" />
    </p>
  ) : (
    <p className="changed-words" dir="auto">
      <Words edits={edits} leave={undefined} />
    </p>
  );
}

function Sides(props: Sided) {
  const edits = useChanged(props);
  return (
    <div className="answer-sides">
      {(["added", "removed"] as const).map((leave) => (
        <section key={leave}>
          <h3>{leave === "added" ? "As it was answered" : "As it should have been"}</h3>
          <p className="changed-words" dir="auto">
            {edits === undefined ? <Skeleton width="70%" /> : <Words edits={edits} leave={leave} />}
          </p>
        </section>
      ))}
    </div>
  );
}

function Words({ edits, leave }: { edits: readonly WordEdit[]; leave: WordEdit["kind"] | undefined }) {
  return edits.map(({ kind, text }, place) =>
    kind === leave ? null : kind === "removed" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text do not move
      <del key={place}>
        <Visible text={text} />
      </del>
    ) : kind === "added" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text do not move
      <ins key={place}>
        <Visible text={text} />
      </ins>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text do not move
      <Visible key={place} text={text} />
    ),
  );
}

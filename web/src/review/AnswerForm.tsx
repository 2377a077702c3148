import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { messageOf } from "@/api/error";
import type { TurnRow } from "@/api/types";
import { Visible } from "@/replay/text/Visible";
import { Skeleton } from "@/ui/Skeleton";
import { digestQuery } from "./answer";
import { Composer } from "./Composer";
import { useDraft } from "./use-draft";

/** What the turn's answer should have been, beside what it was. */
export function AnswerForm({
  workspace,
  session,
  turn,
  before,
  draft: place,
  onSend,
  onClose,
}: {
  workspace: string;
  session: string;
  turn: TurnRow;
  /** The reader's own correction that holds now. */
  before: string | undefined;
  /** Under which it is kept when it is left. */
  draft: string;
  onSend: (text: string) => Promise<void>;
  onClose: () => void;
}) {
  const original = useQuery(digestQuery(workspace, session, turn));
  const answer = original.data?.answer;
  const { text: written, write, forget } = useDraft(place, before);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<string>();
  const id = useId();
  // It begins as what was answered: most corrections change a few words.
  const text = written ?? answer ?? "";

  async function submit() {
    if (text.trim() === "" || text === answer) {
      setError("It says what the answer says already: change it first.");
      return;
    }
    setPending(true);
    try {
      await onSend(text);
      forget();
      onClose();
    } catch (failed) {
      setError(messageOf(failed));
      setPending(false);
    }
  }

  return (
    <Composer
      title="Corrected answer"
      about={`Turn ${turn.index + 1}`}
      send="Save"
      wide
      error={error}
      isPending={pending}
      onSend={submit}
      onClose={onClose}
    >
      <div className="composer-sides">
        <div>
          <p className="composer-side-name">As it was answered</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className="composer-original" aria-label="As it was answered" tabIndex={0}>
            {original.isError ? (
              <span className="quiet">Not fetched: {messageOf(original.error)}</span>
            ) : answer === undefined ? (
              <Skeleton width="60%" />
            ) : answer === "" ? (
              <span className="quiet">The turn has no answer that was captured.</span>
            ) : (
              <Visible text={answer} />
            )}
          </section>
        </div>
        <div>
          <label className="composer-side-name" htmlFor={id}>
            As it should have been
          </label>
          <textarea
            id={id}
            rows={8}
            value={text}
            onChange={(event) => write(event.target.value)}
            readOnly={original.isPending}
          />
        </div>
      </div>
    </Composer>
  );
}

import { useState } from "react";
import { Composer } from "./Composer";
import { useDraft } from "./use-draft";

/** A reason in a few words: for a verdict "wrong", or for leaving an item of a queue to others. */
export function ReasonForm({
  title,
  about,
  send,
  placeholder,
  draft: place,
  onSend,
  onClose,
}: {
  title: string;
  about: string;
  send: string;
  placeholder: string;
  /** Under which it is kept when it is left. */
  draft: string;
  /** `keep`: where it did not arrive. */
  onSend: (reason: string, keep: () => void) => void;
  onClose: () => void;
}) {
  const { text: reason, write, forget, keep } = useDraft(place, "");
  const [missing, setMissing] = useState(false);
  function submit() {
    if (reason.trim() === "") {
      setMissing(true);
      return;
    }
    forget();
    onSend(reason.trim(), () => keep(reason));
  }
  return (
    <Composer
      title={title}
      about={about}
      send={send}
      error={
        missing && reason.trim() === "" ? "Say why: without a reason nobody can learn from it." : undefined
      }
      onSend={submit}
      onClose={onClose}
    >
      <textarea
        aria-label="Reason"
        rows={3}
        placeholder={placeholder}
        value={reason}
        aria-invalid={missing && reason.trim() === ""}
        onChange={(event) => write(event.target.value)}
      />
    </Composer>
  );
}

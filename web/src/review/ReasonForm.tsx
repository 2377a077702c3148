import { useState } from "react";
import { Composer } from "./Composer";

/** A reason in a few words: for a verdict "wrong", or for leaving an item of a queue to others. */
export function ReasonForm({
  title,
  about,
  send,
  placeholder,
  onSend,
  onClose,
}: {
  title: string;
  about: string;
  send: string;
  placeholder: string;
  onSend: (reason: string) => void;
  onClose: () => void;
}) {
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  return (
    <Composer
      title={title}
      about={about}
      send={send}
      error={
        missing && reason.trim() === "" ? "Say why: without a reason nobody can learn from it." : undefined
      }
      onSend={() => (reason.trim() === "" ? setMissing(true) : onSend(reason.trim()))}
      onClose={onClose}
    >
      <textarea
        aria-label="Reason"
        rows={3}
        placeholder={placeholder}
        value={reason}
        aria-invalid={missing && reason.trim() === ""}
        onChange={(event) => setReason(event.target.value)}
      />
    </Composer>
  );
}

import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { Keys } from "@/keyboard/Keys";
import { Button } from "@/ui/Button";
import { FormError } from "@/ui/Field";
import "./composer.css";
import { useFocusBack } from "./use-focus-back";

/**
 * What is written stands between the transcript and the bar, and covers nothing: what it is about can be read to its end. Esc
 * leaves, and the focus goes back to where it was.
 */
export function Composer({
  title,
  about,
  send,
  wide = false,
  error,
  isPending = false,
  onSend,
  onClose,
  children,
}: {
  title: string;
  /** What it is about: "Turn 3". */
  about: ReactNode;
  /** What the button says. */
  send: string;
  wide?: boolean;
  error?: string | undefined;
  isPending?: boolean;
  onSend: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const titleId = useId();
  const root = useRef<HTMLDialogElement>(null);

  useFocusBack();
  useEffect(() => root.current?.querySelector<HTMLElement>("textarea, input")?.focus(), []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || event.defaultPrevented) {
      return;
    }
    if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    } else if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      onSend();
    }
  }

  return (
    <dialog
      ref={root}
      open
      className={wide ? "composer composer-wide" : "composer"}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSend();
        }}
      >
        <header className="composer-head">
          <h2 id={titleId}>
            {title} <span className="composer-about">{about}</span>
          </h2>
        </header>
        {children}
        <footer className="composer-foot">
          <FormError message={error} />
          <Button look="quiet" onClick={onClose}>
            Cancel <Keys keys={["Escape"]} />
          </Button>
          <Button look="primary" type="submit" disabled={isPending}>
            {send} <Keys keys={["Mod+Enter"]} />
          </Button>
        </footer>
      </form>
    </dialog>
  );
}

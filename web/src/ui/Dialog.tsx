import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { Button } from "./Button";
import "./Dialog.css";

const FIELD =
  ":is(form, .secret) :is(input:not([type='checkbox'], [type='radio'], [type='hidden']), textarea, select):enabled";

/** A modal dialog; the browser keeps the focus inside and gives it back. Mounted means open. */
export function Dialog({
  title,
  onClose,
  wide = false,
  children,
}: {
  title: string;
  onClose: () => void;
  /** For what is written and looked at side by side. */
  wide?: boolean;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  // Closed while it is still in the page: from one that is gone, the browser gives the focus back to nobody.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // What the dialog asks for comes first; React's own `autoFocus` came before there was anything to be seen.
    element?.querySelector<HTMLElement>(FIELD)?.focus();
    return () => element?.close();
  }, []);

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way; the click is on the backdrop
    <dialog
      ref={dialog}
      className={wide ? "dialog dialog-wide" : "dialog"}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) {
          onClose();
        }
      }}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <Button look="quiet" onClick={onClose}>
            Close
          </Button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

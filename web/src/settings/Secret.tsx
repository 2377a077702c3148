import { useId } from "react";
import { CopyButton } from "@/ui/CopyButton";
import "./Secret.css";

/** A text that is shown once. */
export function Secret({ label, text }: { label: string; text: string }) {
  const id = useId();
  return (
    <>
      <label className="visually-hidden" htmlFor={id}>
        {label}
      </label>
      <div className="secret">
        <input id={id} readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
        <CopyButton text={text} />
      </div>
    </>
  );
}

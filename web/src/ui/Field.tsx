import { type ComponentProps, type ReactNode, useId } from "react";
import "./Field.css";

/** A text field with its name above and what there is to know below. */
export function Field({
  label,
  hint,
  error,
  ...input
}: ComponentProps<"input"> & { label: string; hint?: ReactNode; error?: string | undefined }) {
  const id = useId();
  const notes = [hint !== undefined && `${id}hint`, error !== undefined && `${id}error`].filter(Boolean);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        aria-invalid={error !== undefined}
        aria-describedby={notes.length > 0 ? notes.join(" ") : undefined}
        {...input}
      />
      {hint !== undefined && (
        <p id={`${id}hint`} className="field-hint">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}

/** The same for a text of several lines. */
export function TextField({
  label,
  hint,
  error,
  ...area
}: ComponentProps<"textarea"> & { label: string; hint?: ReactNode; error?: string | undefined }) {
  const id = useId();
  const notes = [hint !== undefined && `${id}hint`, error !== undefined && `${id}error`].filter(Boolean);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={notes.length > 0 ? notes.join(" ") : undefined}
        {...area}
      />
      {hint !== undefined && (
        <p id={`${id}hint`} className="field-hint">
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}error`} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}

/** A choice among few. */
export function Choice<Value extends string>({
  label,
  hint,
  value,
  options,
  onChange,
}: {
  label: string;
  hint?: ReactNode;
  value: Value;
  options: readonly { value: Value; name: string }[];
  onChange: (value: Value) => void;
}) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}hint`}
        onChange={(event) => onChange(event.target.value as Value)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}hint`} className="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}

/** That a form's request was done; read out when it fills, as `FormError` is. */
export function FormDone({ message }: { message: string | undefined }) {
  return (
    <p className="form-done" role="status">
      {message}
    </p>
  );
}

/** What a form's request was refused with; there from the start, so that it is read out when it fills. */
export function FormError({ message }: { message: string | undefined }) {
  return (
    <p className="form-error" role="alert">
      {message}
    </p>
  );
}

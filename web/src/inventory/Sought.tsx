import { Field } from "@/ui/Field";
import "./inventory.css";

/** A field that narrows a list on the page. */
export function Sought({
  label,
  value,
  onChange,
  found,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  found: string;
}) {
  return (
    <div className="sought">
      <Field
        label={label}
        type="search"
        value={value}
        autoComplete="off"
        onChange={(event) => onChange(event.target.value)}
      />
      <p className="quiet" aria-live="polite">
        {found}
      </p>
    </div>
  );
}

import { Field } from "@/ui/Field";

/** The only rule; length is what makes a password hard to guess. */
const LENGTH_MIN = 12;

/** Asks for a password that is to hold from now on, and says beforehand what it has to be. */
export function NewPasswordField({ label, autoFocus = false }: { label: string; autoFocus?: boolean }) {
  return (
    <Field
      label={label}
      name="new-password"
      type="password"
      autoComplete="new-password"
      minLength={LENGTH_MIN}
      required
      autoFocus={autoFocus}
      hint={`At least ${LENGTH_MIN} characters. A sentence is good.`}
    />
  );
}

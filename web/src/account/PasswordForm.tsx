import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { changePassword } from "@/api/self";
import { NewPasswordField } from "@/sign-in/NewPasswordField";
import { Button } from "@/ui/Button";
import { Field, FormDone, FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";

/** Whoever knows the old password may set a new one, and stays signed in here only. */
export function PasswordForm({ email }: { email: string | null }) {
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const change = useMutation({
    mutationFn: changePassword,
    onSuccess: (self) => {
      form.current?.reset();
      queryClient.setQueryData(queryKeys.self, self);
      void queryClient.invalidateQueries({ queryKey: queryKeys.signIns });
    },
  });

  return (
    <section className="account-part">
      <h2>Change password</h2>
      <p className="quiet">Wherever else you are signed in, you will have to sign in again.</p>
      <form
        ref={form}
        className="form account-form"
        onSubmit={onSubmit((field) =>
          change.mutate({ old: field("old-password"), new: field("new-password") }),
        )}
      >
        {/* So that password managers know whose password it is. */}
        <input hidden type="email" autoComplete="username" value={email ?? ""} readOnly />
        <Field
          label="Old password"
          name="old-password"
          type="password"
          autoComplete="current-password"
          required
        />
        <NewPasswordField label="New password" />
        <FormError message={change.error ? messageOf(change.error) : undefined} />
        <FormDone message={change.isSuccess ? "Changed. Every other sign-in has ended." : undefined} />
        <div className="form-actions">
          <Button type="submit" disabled={change.isPending}>
            {change.isPending ? "One moment …" : "Change password"}
          </Button>
        </div>
      </form>
    </section>
  );
}

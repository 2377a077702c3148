import { useMutation, useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { isSetUpNeeded, signIn } from "@/api/self";
import { Button } from "@/ui/Button";
import { Field, FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";
import { Threshold } from "./Threshold";
import { useEnter } from "./use-enter";

export function SignInPage() {
  const { next } = useSearch({ from: "/sign-in" });
  const enter = useEnter();
  const state = useQuery({ queryKey: queryKeys.signIn, queryFn: ({ signal }) => isSetUpNeeded(signal) });
  const attempt = useMutation({
    mutationFn: signIn,
    meta: { signsIn: true },
    onSuccess: (self) => enter(self, next),
  });

  if (state.data?.set_up_needed) {
    return (
      <Threshold title="Not set up yet">
        <p>
          This server has no owner so far. Open the set-up link that <code>argus serve</code> printed when it
          started; it makes the first account.
        </p>
      </Threshold>
    );
  }
  return (
    <Threshold title="Sign in">
      <form
        className="form"
        onSubmit={onSubmit((field) => attempt.mutate({ email: field("email"), password: field("password") }))}
      >
        <Field label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        <FormError message={attempt.error ? messageOf(attempt.error) : undefined} />
        <Button look="primary" type="submit" disabled={attempt.isPending}>
          {attempt.isPending ? "Signing in …" : "Sign in"}
        </Button>
      </form>
    </Threshold>
  );
}

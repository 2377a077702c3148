import { useMutation } from "@tanstack/react-query";
import { messageOf } from "@/api/error";
import { acceptLink } from "@/api/self";
import type { AccountLink, Self } from "@/api/types";
import { NewPasswordField } from "@/sign-in/NewPasswordField";
import { Threshold } from "@/sign-in/Threshold";
import { Button } from "@/ui/Button";
import { Field, FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";

const WORDS = {
  set_up: { title: "Set up Argus", send: "Make the first account" },
  invitation: { title: "You are invited", send: "Accept" },
  reset: { title: "A new password", send: "Set the password" },
};

/** What a link asks for before it is accepted. */
export function LinkForm({
  token,
  link,
  onEntered,
}: {
  token: string;
  link: AccountLink;
  onEntered: (self: Self) => void;
}) {
  const accept = useMutation({
    mutationFn: acceptLink,
    meta: { signsIn: true },
    onSuccess: (self) => onEntered(self),
  });
  const kind = link.kind === "sign_in" ? "reset" : link.kind;
  const { title, send } = WORDS[kind];
  const asksName = kind === "set_up" || (kind === "invitation" && !link.has_account);
  const asksNewPassword = !(kind === "invitation" && link.has_account);

  return (
    <Threshold title={title}>
      <Introduction link={link} />
      <form
        className="form"
        onSubmit={onSubmit((field) =>
          accept.mutate({
            token,
            password: field(asksNewPassword ? "new-password" : "password"),
            ...(asksName ? { name: field("name") } : {}),
            ...(kind === "set_up" ? { email: field("email") } : {}),
          }),
        )}
      >
        {asksName && (
          <Field
            label="Your name"
            name="name"
            autoComplete="name"
            required
            autoFocus
            hint="As others here see it."
          />
        )}
        <EmailField email={link.email} />
        {asksNewPassword ? (
          <NewPasswordField label="Password" autoFocus={!asksName} />
        ) : (
          <Field
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            required
            autoFocus
            hint="Of the account that you have here."
          />
        )}
        <FormError message={accept.error ? messageOf(accept.error) : undefined} />
        <Button look="primary" type="submit" disabled={accept.isPending}>
          {accept.isPending ? "One moment …" : send}
        </Button>
      </form>
    </Threshold>
  );
}

/** The address of an invitation is fixed; it stands there so that password managers know whose password it is. */
function EmailField({ email }: { email: string | null }) {
  return email === null ? (
    <Field label="E-mail" name="email" type="email" autoComplete="username" required />
  ) : (
    <Field label="E-mail" name="email" type="email" autoComplete="username" readOnly value={email} />
  );
}

function Introduction({ link }: { link: AccountLink }) {
  switch (link.kind) {
    case "set_up":
      return <p>The first account is the owner’s: it may do everything, and invite others.</p>;
    case "invitation":
      return (
        <p>
          To the workspace <strong>{link.workspace}</strong>
          {link.role && <> as {link.role}</>}.
        </p>
      );
    default:
      return <p>It takes the place of the old one, and ends every sign-in that used it.</p>;
  }
}

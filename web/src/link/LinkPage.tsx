import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { isApiError, messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { acceptLink, inspectLink } from "@/api/self";
import type { Self } from "@/api/types";
import { Threshold } from "@/sign-in/Threshold";
import { useEnter } from "@/sign-in/use-enter";
import { Button } from "@/ui/Button";
import { LinkForm } from "./LinkForm";
import { useLinkToken } from "./use-link-token";

/** Where links lead: first set-up, an invitation, a new password, signing in once. */
export function LinkPage() {
  const token = useLinkToken();
  return token === "" ? <NoToken /> : <OpenLink key={token} token={token} />;
}

function OpenLink({ token }: { token: string }) {
  const enter = useEnter();
  const inspection = useQuery({
    queryKey: queryKeys.link(token),
    queryFn: () => inspectLink(token),
    staleTime: Number.POSITIVE_INFINITY,
  });

  if (inspection.isPending) {
    return (
      <Threshold title="Opening the link">
        <p role="status">One moment …</p>
      </Threshold>
    );
  }
  if (inspection.isError) {
    return <LinkRefused error={inspection.error} onRetry={() => void inspection.refetch()} />;
  }
  return inspection.data.kind === "sign_in" ? (
    <SignInOnce token={token} onEntered={enter} />
  ) : (
    <LinkForm token={token} link={inspection.data} onEntered={enter} />
  );
}

/** Nothing to fill in: it is accepted at once, and only once. */
function SignInOnce({ token, onEntered }: { token: string; onEntered: (self: Self) => void }) {
  const { mutate, error } = useMutation({
    mutationFn: acceptLink,
    meta: { signsIn: true },
    onSuccess: (self) => onEntered(self),
  });
  const sent = useRef(false);

  useEffect(() => {
    if (!sent.current) {
      sent.current = true;
      mutate({ token });
    }
  }, [mutate, token]);

  if (error) {
    return <LinkRefused error={error} onRetry={() => mutate({ token })} />;
  }
  return (
    <Threshold title="Signing in">
      <p role="status">One moment …</p>
    </Threshold>
  );
}

function LinkRefused({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const isGone = isApiError(error, "not_found");
  return (
    <Threshold title={isGone ? "This link no longer holds" : "The link could not be opened"}>
      <p role="alert">{messageOf(error)}</p>
      {!isGone && (
        <p>
          <Button onClick={onRetry}>Try again</Button>
        </p>
      )}
    </Threshold>
  );
}

function NoToken() {
  return (
    <Threshold title="Open the whole link">
      <p>
        This address lacks the part behind the # that makes it a link. Open it once more from where it was
        sent to you.
      </p>
    </Threshold>
  );
}

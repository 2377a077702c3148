import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { messageOf } from "@/api/error";
import { Threshold } from "@/sign-in/Threshold";
import { Button } from "@/ui/Button";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";

/** What stands in place of a page that failed. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const retry = useRetry(reset);
  return (
    <div className="page">
      <PageTitle>Error</PageTitle>
      <ErrorNotice title="This page could not be shown" level={1} error={error} onRetry={retry} />
    </div>
  );
}

/** The same where not even the frame of the pages could be made. */
export function EntryError({ error, reset }: ErrorComponentProps) {
  const retry = useRetry(reset);
  return (
    <Threshold title="Argus could not be opened">
      <p role="alert">{messageOf(error)}</p>
      <p>
        <Button look="primary" onClick={retry}>
          Try again
        </Button>
      </p>
    </Threshold>
  );
}

function useRetry(reset: () => void): () => void {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  return () => {
    queries.reset();
    reset();
    void router.invalidate();
  };
}

import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";

/** What stands in place of a page that failed. */
export function PageError({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();

  function retry() {
    queries.reset();
    reset();
    void router.invalidate();
  }

  return (
    <div className="page">
      <PageTitle>Error</PageTitle>
      <ErrorNotice title="This page could not be shown" error={error} onRetry={retry} />
    </div>
  );
}

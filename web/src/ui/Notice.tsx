import type { ReactNode } from "react";
import { isApiError, messageOf } from "@/api/error";
import { Button } from "./Button";
import "./Notice.css";

/** A page's or part's whole state in words: nothing there, nothing found, something failed. */
export function Notice({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <section className="notice">
      <h2>{title}</h2>
      {children}
      {actions && <div className="notice-actions">{actions}</div>}
    </section>
  );
}

/** What failed, in the server's words, and another try where one may help. */
export function ErrorNotice({
  title,
  error,
  onRetry,
}: {
  title: string;
  error: unknown;
  onRetry?: () => void;
}) {
  return (
    <div role="alert">
      <Notice
        title={title}
        actions={
          onRetry &&
          !isApiError(error, "forbidden") && (
            <Button look="primary" onClick={onRetry}>
              Try again
            </Button>
          )
        }
      >
        <p>{messageOf(error)}</p>
      </Notice>
    </div>
  );
}

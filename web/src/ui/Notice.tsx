import type { ReactNode } from "react";
import { isApiError, messageOf } from "@/api/error";
import { Button } from "./Button";
import "./Notice.css";

/** A page's or part's whole state in words: nothing there, nothing found, something failed. */
export function Notice({
  title,
  level = 2,
  children,
  actions,
}: {
  title: string;
  /** 1 where it is all that the page has to say. */
  level?: 1 | 2;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const Heading = `h${level}` as const;
  return (
    <section className="notice">
      <Heading className="notice-title">{title}</Heading>
      {children}
      {actions && <div className="notice-actions">{actions}</div>}
    </section>
  );
}

/** What failed, in the server's words, and another try where one may help. */
export function ErrorNotice({
  title,
  level,
  error,
  onRetry,
}: {
  title: string;
  level?: 1 | 2;
  error: unknown;
  onRetry?: () => void;
}) {
  return (
    <div role="alert">
      <Notice
        title={title}
        {...(level && { level })}
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

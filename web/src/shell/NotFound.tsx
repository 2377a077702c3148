import { Link } from "@tanstack/react-router";
import { Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";

export function NotFound() {
  return (
    <div className="page">
      <PageTitle>Not found</PageTitle>
      <Notice title="Nothing here" level={1}>
        <NothingHere />
      </Notice>
    </div>
  );
}

/** Says the same whether it does not exist or is not the reader's to see. */
export function NothingHere() {
  return (
    <>
      <p>This address leads nowhere, or to something that you may not see.</p>
      <p>
        <Link to="/">To the sessions</Link>
      </p>
    </>
  );
}

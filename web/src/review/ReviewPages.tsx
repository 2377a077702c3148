import { Link, Outlet, useParams } from "@tanstack/react-router";
import { useReviewer } from "./use-reviews";
import "@/settings/Settings.css";

/** The pages of reviewing, under one heading. */
export function ReviewPages() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace" });
  const { mayWrite, mayManage } = useReviewer(workspace);
  const params = { workspace };
  return (
    <div className="page page-narrow">
      <h1>Review</h1>
      <nav className="settings-nav" aria-label="Review">
        {mayWrite && (
          <Link to="/w/$workspace/queue" params={params}>
            My queue
          </Link>
        )}
        <Link to="/w/$workspace/review/queues" params={params}>
          Queues
        </Link>
        <Link to="/w/$workspace/review/rubrics" params={params}>
          Rubrics
        </Link>
        {mayManage && (
          <Link to="/w/$workspace/review/known-answers" params={params}>
            Known answers
          </Link>
        )}
        <Link to="/w/$workspace/review/agreement" params={params}>
          Agreement
        </Link>
      </nav>
      <Outlet />
    </div>
  );
}

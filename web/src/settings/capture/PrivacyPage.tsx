import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { getCapturePolicy } from "@/api/capture";
import { queryKeys } from "@/api/keys";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Rules } from "./Rules";
import { Tombstones } from "./Tombstones";
import "./privacy.css";

/** What becomes of sessions that their person makes private, and what stands where such sessions were. */
export function PrivacyPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/settings/privacy" });
  const policy = useQuery({
    queryKey: queryKeys.capturePolicy(workspace),
    queryFn: ({ signal }) => getCapturePolicy(workspace, signal),
  });
  return (
    <>
      <PageTitle>{`Privacy · ${workspace}`}</PageTitle>
      <section className="settings-part privacy-intro">
        <h2>Private sessions</h2>
        <p className="quiet">
          Whoever is captured may say that a session is private: with <code>/argus:private</code> while it
          runs, with <code>argus-capture private</code> at any time, or here on its page. These rules decide
          what becomes of it. Sessions that are private already stay so.
        </p>
      </section>
      {policy.isError && !policy.data && (
        <ErrorNotice
          title="The rules could not be loaded"
          error={policy.error}
          onRetry={() => void policy.refetch()}
        />
      )}
      {policy.isPending && <Loading />}
      {policy.data && <Rules workspace={workspace} settings={policy.data} />}
      {!policy.isPending && <Tombstones workspace={workspace} />}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { queryKeys } from "@/api/keys";
import { getRedaction, getRedactionCounts } from "@/api/redaction";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { PolicyEditor } from "./PolicyEditor";
import { RescanNotice } from "./RescanNotice";
import { WhatItDid } from "./WhatItDid";
import { titlesOf } from "./words";
import "./redaction.css";

export function RedactionPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/settings/redaction" });
  const redaction = useQuery({
    queryKey: queryKeys.redaction(workspace),
    queryFn: ({ signal }) => getRedaction(workspace, signal),
  });
  const counts = useQuery({
    queryKey: queryKeys.redactionCounts(workspace),
    queryFn: ({ signal }) => getRedactionCounts(workspace, signal),
  });

  return (
    <>
      <PageTitle>{`Redaction · ${workspace}`}</PageTitle>
      <section className="settings-part redaction-intro">
        <h2>Redaction</h2>
        <p className="quiet">
          What these rules find is replaced before anything is stored. Secrets are found by their form and by
          what stands around them; names and postal addresses of people only by a dictionary. It is best
          effort: what no rule knows is stored as it came.
        </p>
      </section>
      {redaction.isError && !redaction.data && (
        <ErrorNotice
          title="The rules could not be loaded"
          error={redaction.error}
          onRetry={() => void redaction.refetch()}
        />
      )}
      {/* All at once: what came later would move what is read already. */}
      {(redaction.isPending || counts.isPending) && !redaction.isError && <Loading />}
      {redaction.data && !counts.isPending && (
        <>
          {counts.data && <RescanNotice workspace={workspace} behind={counts.data.records_behind} />}
          <PolicyEditor workspace={workspace} current={redaction.data} counts={counts.data}>
            {counts.data ? (
              <WhatItDid counts={counts.data} titles={titlesOf(redaction.data)} />
            ) : (
              <ErrorNotice
                title="What redaction did could not be loaded"
                error={counts.error}
                onRetry={() => void counts.refetch()}
              />
            )}
          </PolicyEditor>
        </>
      )}
    </>
  );
}

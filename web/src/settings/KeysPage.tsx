import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { queryKeys } from "@/api/keys";
import { listKeys, revokeKey } from "@/api/members";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import type { ApiKey } from "@/api/types";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { ConfirmDialog } from "./ConfirmDialog";
import { KeyDialog } from "./KeyDialog";

const HEADS = [
  { name: "Key" },
  { name: "For" },
  { name: "Projects" },
  { name: "Person", wide: true },
  { name: "Made", wide: true },
  { name: "" },
];

export function KeysPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/settings/keys" });
  const { data: self } = useSuspenseQuery(selfQuery);
  const mayWrite = mayDo(grantOf(self, workspace), "keys.write");
  const [isMaking, setIsMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const list = useQuery({
    queryKey: queryKeys.apiKeys(workspace),
    queryFn: ({ signal }) => listKeys(workspace, signal),
  });

  return (
    <section className="settings-part">
      <PageTitle>{`Keys · ${workspace}`}</PageTitle>
      <div className="settings-head">
        <h2>Keys</h2>
        {mayWrite && (
          <Button look="primary" onClick={() => setIsMaking(true)}>
            Make a key
          </Button>
        )}
      </div>
      <p className="quiet">Ingest keys let clients send sessions; read keys let programs read them.</p>
      {list.isError && (
        <ErrorNotice
          title="The keys could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <p className="keys-none">No key yet.</p>}
      {list.data && list.data.items.length > 0 && (
        <Table caption="Keys" heads={HEADS}>
          {list.data.items.map((key) => (
            <KeyRow key={key.id} apiKey={key} onRevoke={mayWrite ? () => setRevoking(key) : undefined} />
          ))}
        </Table>
      )}
      {isMaking && <KeyDialog workspace={workspace} onClose={() => setIsMaking(false)} />}
      {revoking && (
        <RevokeDialog workspace={workspace} apiKey={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </section>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKey; onRevoke: (() => void) | undefined }) {
  const { prefix, scope, projects, user, created_at, revoked_at, device } = apiKey;
  return (
    <tr className={revoked_at === null ? undefined : "table-gone"}>
      <th scope="row" className="mono">
        {prefix}…
      </th>
      <td>{scope}</td>
      <td>{scope === "read" && projects.length === 0 ? "all" : projects.join(", ")}</td>
      <td className="table-wide">
        {user ?? "–"}
        {device !== null && (
          <span className="table-note">on {visibleLine(device.name || "a device", 60)}</span>
        )}
      </td>
      <td className="table-wide">
        <Time at={created_at} />
      </td>
      <td className="table-action">
        {revoked_at !== null ? (
          <>
            revoked <Time at={revoked_at} />
          </>
        ) : (
          onRevoke && (
            <Button look="danger" onClick={onRevoke} aria-label={`Revoke the key ${prefix}`}>
              Revoke
            </Button>
          )
        )}
      </td>
    </tr>
  );
}

function RevokeDialog({
  workspace,
  apiKey,
  onClose,
}: {
  workspace: string;
  apiKey: ApiKey;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeKey(workspace, apiKey.id),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: queryKeys.apiKeys(workspace) });
    },
  });
  return (
    <ConfirmDialog
      title="Revoke this key?"
      action="Revoke"
      error={revoke.error}
      isPending={revoke.isPending}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      Whatever uses <code>{apiKey.prefix}…</code> is refused from then on. It cannot be taken back.
    </ConfirmDialog>
  );
}

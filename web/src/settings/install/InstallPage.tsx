import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { queryKeys } from "@/api/keys";
import { listKeys, revokeKey } from "@/api/members";
import { getPlugin } from "@/api/plugin";
import { grantOf, mayDo, selfQuery } from "@/api/self";
import type { ApiKey, Plugin } from "@/api/types";
import { pathOf } from "@/api/urls";
import { Button } from "@/ui/Button";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { ConfirmDialog } from "../ConfirmDialog";
import { LinkDialog } from "./LinkDialog";
import "./InstallPage.css";

const HEADS = [{ name: "Link" }, { name: "Project" }, { name: "Made", wide: true }, { name: "" }];

/** The capture plugin: what this server has to hand out, and the links by which it is installed. */
export function InstallPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/settings/install" });
  const { data: self } = useSuspenseQuery(selfQuery);
  const mayWrite = mayDo(grantOf(self, workspace), "keys.write");
  const [isMaking, setIsMaking] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey>();
  const plugin = useQuery({
    queryKey: queryKeys.plugin(workspace),
    queryFn: ({ signal }) => getPlugin(workspace, signal),
  });
  const keys = useQuery({
    queryKey: queryKeys.apiKeys(workspace),
    queryFn: ({ signal }) => listKeys(workspace, signal),
  });
  const links = keys.data?.items.filter(
    ({ scope, revoked_at }) => scope === "download" && revoked_at === null,
  );

  if (plugin.isError) {
    return (
      <ErrorNotice
        title="The plugin could not be looked at"
        error={plugin.error}
        onRetry={() => void plugin.refetch()}
      />
    );
  }
  if (!plugin.data) {
    return <Loading />;
  }
  return (
    <section className="settings-part">
      <PageTitle>{`Install · ${workspace}`}</PageTitle>
      <div className="settings-head">
        <h2>Install</h2>
        {mayWrite && plugin.data.platforms.length > 0 && (
          <Button look="primary" onClick={() => setIsMaking(true)}>
            Make an install link
          </Button>
        )}
      </div>
      <p className="quiet">
        The plugin captures the sessions of Claude Code on a machine and sends them here, redacted before they
        leave. A link installs it for one project; everyone of the project can use the same.
      </p>
      <Platforms plugin={plugin.data} />
      {links && links.length > 0 && (
        <Table caption="Install links" heads={HEADS}>
          {links.map((link) => (
            <LinkRow
              key={link.id}
              workspace={workspace}
              link={link}
              onRevoke={mayWrite ? () => setRevoking(link) : undefined}
            />
          ))}
        </Table>
      )}
      {isMaking && (
        <LinkDialog workspace={workspace} plugin={plugin.data} onClose={() => setIsMaking(false)} />
      )}
      {revoking && (
        <RevokeDialog workspace={workspace} link={revoking} onClose={() => setRevoking(undefined)} />
      )}
    </section>
  );
}

function Platforms({ plugin }: { plugin: Plugin }) {
  const { platforms, missing, fallback } = plugin;
  return (
    <dl className="install-platforms">
      <div>
        <dt>Has programs for</dt>
        <dd>{platforms.join(", ") || "no platform: the operator puts them beside the argus program"}</dd>
      </div>
      {missing.length > 0 && (
        <div>
          <dt>None for</dt>
          <dd>
            {missing.join(", ")}: sessions there are{" "}
            {fallback ? "sent by shell and curl, and redacted on this server only" : "not captured"}
          </dd>
        </div>
      )}
    </dl>
  );
}

function LinkRow({
  workspace,
  link,
  onRevoke,
}: {
  workspace: string;
  link: ApiKey;
  onRevoke: (() => void) | undefined;
}) {
  const [project = ""] = link.projects;
  const archive = pathOf("/plugin/{workspace}/argus-plugin.zip", { workspace }, { project });
  return (
    <tr>
      <th scope="row" className="mono">
        {link.prefix}…
      </th>
      <td>{project}</td>
      <td className="table-wide">
        <Time at={link.created_at} />
      </td>
      <td className="table-action">
        {onRevoke && (
          <>
            <a href={archive} download>
              Archive
            </a>
            <Button look="danger" onClick={onRevoke} aria-label={`Revoke the link ${link.prefix}`}>
              Revoke
            </Button>
          </>
        )}
      </td>
    </tr>
  );
}

function RevokeDialog({
  workspace,
  link,
  onClose,
}: {
  workspace: string;
  link: ApiKey;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeKey(workspace, link.id),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: queryKeys.apiKeys(workspace) });
    },
  });
  return (
    <ConfirmDialog
      title="Revoke this link?"
      action="Revoke"
      error={revoke.error}
      isPending={revoke.isPending}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
    >
      Nobody can install or update the plugin by it any more. Machines that have the plugin go on sending: to
      end that, revoke the project’s ingest key under Keys.
    </ConfirmDialog>
  );
}

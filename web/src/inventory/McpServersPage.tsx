import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { listMcpServers } from "@/api/inventory";
import { queryKeys } from "@/api/keys";
import type { McpServerSeen } from "@/api/types";
import { quoteValue } from "@/filter/terms";
import { plural } from "@/format/count";
import { Visible } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Loading } from "@/ui/Loading";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { Sought } from "./Sought";
import { enabledWords, serversSought } from "./words";
import "./inventory.css";

const HEADS = [
  { name: "Server" },
  { name: "Machine", wide: true },
  { name: "Scope", wide: true },
  { name: "Origin" },
  { name: "Enabled" },
  { name: "Last used" },
  { name: "Last seen", wide: true },
];

export function McpServersPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/mcp-servers" });
  const [sought, setSought] = useState("");
  const list = useQuery({
    queryKey: queryKeys.mcpServers(workspace),
    queryFn: ({ signal }) => listMcpServers(workspace, signal),
  });
  const servers = serversSought(list.data?.items ?? [], sought);

  return (
    <div className="page">
      <PageTitle>{`MCP servers · ${workspace}`}</PageTitle>
      <h1>MCP servers</h1>
      <p className="quiet inventory-intro">
        What capture clients list on their machines, and what sessions connected to or called. Of what a
        server is given, the names are kept and never the values.
      </p>
      {list.isError && !list.data && (
        <ErrorNotice
          title="The servers could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && (
        <Notice title="No MCP server yet">
          <p>Once a machine lists one, or a session connects to one, it stands here.</p>
        </Notice>
      )}
      {list.data && list.data.items.length > 0 && (
        <>
          <Sought
            label="Find a server"
            value={sought}
            onChange={setSought}
            found={plural(servers.length, "server")}
          />
          <Table caption="MCP servers" heads={HEADS}>
            {servers.map((server, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: nothing names a row, and none has a state
              <ServerRow key={place} workspace={workspace} server={server} />
            ))}
          </Table>
        </>
      )}
    </div>
  );
}

function ServerRow({ workspace, server }: { workspace: string; server: McpServerSeen }) {
  const { name, device_id, device_name, scope, transport, origin, project, plugin } = server;
  const given = [...server.env_names, ...server.header_names];
  return (
    <tr>
      <th scope="row" className="inventory-server">
        {server.sessions > 0 && plugin === null ? (
          <Link
            to="/w/$workspace/sessions"
            params={{ workspace }}
            search={{ filter: `mcp:${quoteValue(name)}` }}
            title="Sessions that saw it"
          >
            <Visible text={visibleLine(name, 80)} />
          </Link>
        ) : (
          <Visible text={visibleLine(name, 80)} />
        )}
        {plugin !== null && <span className="table-note">of the plugin {visibleLine(plugin, 60)}</span>}
      </th>
      <td className="table-wide">
        {device_id === null ? (
          <span className="quiet">unknown</span>
        ) : (
          <span title={device_id}>{visibleLine(device_name ?? device_id.slice(0, 8), 60)}</span>
        )}
        {!server.listed && <span className="table-note">seen in sessions, not listed</span>}
      </td>
      <td className="table-wide">
        {scope === null ? <span className="quiet">unknown</span> : visibleLine(scope, 40)}
        {project !== null && <span className="table-note inventory-path">{visibleLine(project, 120)}</span>}
      </td>
      <td className="inventory-path">
        {origin === null ? <span className="quiet">unknown</span> : <code>{visibleLine(origin, 160)}</code>}
        <span
          className="table-note"
          title={given.map((word) => visibleLine(word, 60)).join(", ") || undefined}
        >
          {[
            transport === null ? "transport unknown" : visibleLine(transport, 20),
            ...(server.env_names.length > 0 ? [plural(server.env_names.length, "variable")] : []),
            ...(server.header_names.length > 0 ? [plural(server.header_names.length, "header")] : []),
          ].join(", ")}
        </span>
      </td>
      <td className={server.enabled === null ? "quiet" : undefined}>{enabledWords(server.enabled)}</td>
      <td>
        {server.last_used_at === null ? (
          <span className="quiet">not seen in use</span>
        ) : (
          <>
            <Time at={server.last_used_at} />
            <span className="table-note">{plural(server.calls, "call")}</span>
          </>
        )}
      </td>
      <td className="table-wide">{server.last_seen_at !== null && <Time at={server.last_seen_at} />}</td>
    </tr>
  );
}

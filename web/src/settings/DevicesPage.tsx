import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { listDevices } from "@/api/capture";
import { queryKeys } from "@/api/keys";
import type { Device } from "@/api/types";
import { visibleLine } from "@/replay/text/visible";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";

const HEADS = [
  { name: "Device" },
  { name: "Person" },
  { name: "Client", wide: true },
  { name: "First seen", wide: true },
  { name: "Last seen" },
];

/** The machines from which capture clients ask, by what they say of themselves. */
export function DevicesPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/settings/devices" });
  const list = useQuery({
    queryKey: queryKeys.devices(workspace),
    queryFn: ({ signal }) => listDevices(workspace, signal),
  });
  return (
    <section className="settings-part">
      <PageTitle>{`Devices · ${workspace}`}</PageTitle>
      <h2>Devices</h2>
      <p className="quiet">
        Where capture clients run. Each asks this server at its start and every hour; names are its own words.
      </p>
      {list.isError && (
        <ErrorNotice
          title="The devices could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <p className="keys-none">No capture client has asked yet.</p>}
      {list.data && list.data.items.length > 0 && (
        <Table caption="Devices" heads={HEADS}>
          {list.data.items.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </Table>
      )}
    </section>
  );
}

function DeviceRow({ device }: { device: Device }) {
  const { id, name, os, arch, client_version, person, key_id, first_seen_at, last_seen_at } = device;
  return (
    <tr>
      <th scope="row" title={id}>
        {name === "" ? <span className="mono">{id.slice(0, 8)}…</span> : visibleLine(name, 60)}
        <span className="table-note">{visibleLine(`${os} ${arch}`, 60)}</span>
      </th>
      <td>{person ?? <span className="mono">{key_id}</span>}</td>
      <td className="table-wide">{visibleLine(client_version, 40)}</td>
      <td className="table-wide">
        <Time at={first_seen_at} />
      </td>
      <td>
        <Time at={last_seen_at} />
      </td>
    </tr>
  );
}

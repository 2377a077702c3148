import { useInfiniteQuery } from "@tanstack/react-query";
import { listTombstones } from "@/api/capture";
import { queryKeys } from "@/api/keys";
import type { Tombstone } from "@/api/types";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { kindWords, whoWords } from "./rules";

const HEADS = [
  { name: "When" },
  { name: "What became of it" },
  { name: "By" },
  { name: "Projects", wide: true },
  { name: "Session", wide: true },
];

/** What stands where sessions were: that they were, and nothing of what they were. */
export function Tombstones({ workspace }: { workspace: string }) {
  const list = useInfiniteQuery({
    queryKey: queryKeys.tombstones(workspace),
    queryFn: ({ pageParam, signal }) => listTombstones(workspace, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="settings-part">
      <h3>Tombstones</h3>
      <p className="quiet">
        One for each session that was made private or erased. A session’s id is gone too; its keyed hash tells
        the same session from another.
      </p>
      {list.isError && (
        <ErrorNotice
          title="The tombstones could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <Loading />}
      {list.data && rows.length === 0 && <p className="keys-none">None: every session is there.</p>}
      {rows.length > 0 && (
        <Table caption="Tombstones" heads={HEADS}>
          {rows.map((tombstone) => (
            <TombstoneRow key={tombstone.session_hash} tombstone={tombstone} />
          ))}
        </Table>
      )}
      {list.hasNextPage && (
        <p className="privacy-more">
          <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show older ones
          </Button>
        </p>
      )}
    </section>
  );
}

function TombstoneRow({ tombstone }: { tombstone: Tombstone }) {
  return (
    <tr>
      <th scope="row">
        <Time at={tombstone.at} />
      </th>
      <td>{kindWords(tombstone.kind)}</td>
      <td>{visibleLine(whoWords(tombstone), 60)}</td>
      <td className="table-wide">{tombstone.projects.join(", ") || "–"}</td>
      <td className="table-wide mono" title={tombstone.session_hash}>
        {tombstone.session_hash.slice(0, 8)}…
      </td>
    </tr>
  );
}

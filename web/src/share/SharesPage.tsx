import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { queryKeys } from "@/api/keys";
import { listOpenings, listShares, revokeShare } from "@/api/sharing";
import type { Share } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { visibleLine } from "@/replay/text/visible";
import { ConfirmDialog } from "@/settings/ConfirmDialog";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { scopeWords, withoutWords } from "./words";
import "./share.css";

const HEADS = [
  { name: "Session" },
  { name: "Shows" },
  { name: "Made", wide: true },
  { name: "Good until", wide: true },
  { name: "Opened" },
  { name: "" },
];

/** The links by which sessions are shown without a sign-in: who made them, who opened them, and their end. */
export function SharesPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace/settings/shares" });
  const [revoking, setRevoking] = useState<Share>();
  const [openingsOf, setOpeningsOf] = useState<Share>();
  const list = useQuery({
    queryKey: queryKeys.shares(workspace),
    queryFn: ({ signal }) => listShares(workspace, undefined, signal),
  });
  return (
    <section className="settings-part">
      <PageTitle>{`Shared links · ${workspace}`}</PageTitle>
      <h2>Shared links</h2>
      <p className="quiet">
        Whoever has such a link sees what it shows, without a sign-in, until it is over. It is made in the
        session, by Share. Erasing the session ends it. One that has lapsed shows nothing while who made it
        may not share the session.
      </p>
      {list.isError && (
        <ErrorNotice
          title="The links could not be loaded"
          error={list.error}
          onRetry={() => void list.refetch()}
        />
      )}
      {list.isPending && <Loading />}
      {list.data?.items.length === 0 && <p className="keys-none">Nothing is shared.</p>}
      {list.data && list.data.items.length > 0 && (
        <Table caption="Shared links" heads={HEADS}>
          {list.data.items.map((share) => (
            <ShareRow
              key={share.id}
              workspace={workspace}
              share={share}
              onRevoke={() => setRevoking(share)}
              onOpenings={() => setOpeningsOf(share)}
            />
          ))}
        </Table>
      )}
      {revoking && (
        <RevokeDialog workspace={workspace} share={revoking} onClose={() => setRevoking(undefined)} />
      )}
      {openingsOf && (
        <OpeningsDialog workspace={workspace} share={openingsOf} onClose={() => setOpeningsOf(undefined)} />
      )}
    </section>
  );
}

const titleOf = ({ title }: Share) =>
  title === null || title.trim() === "" ? "Untitled session" : visibleLine(title, 80);

function ShareRow({
  workspace,
  share,
  onRevoke,
  onOpenings,
}: {
  workspace: string;
  share: Share;
  onRevoke: () => void;
  onOpenings: () => void;
}) {
  const { session, note, by, at, expires_at, revoked_at, state, openings, last_opened_at } = share;
  const masks = share.words.length + share.patterns.length;
  const details = [withoutWords(share), masks > 0 && plural(masks, "mask")].filter(Boolean).join(", ");
  return (
    <tr className={state === "open" ? undefined : "table-gone"}>
      <th scope="row">
        <Link to="/w/$workspace/sessions/$session" params={{ workspace, session }}>
          {titleOf(share)}
        </Link>
        {note !== null && <span className="table-note">{visibleLine(note, 200)}</span>}
      </th>
      <td>
        {scopeWords(share)}
        {details !== "" && <span className="table-note">{details}</span>}
      </td>
      <td className="table-wide">
        <Time at={at} />
        <span className="table-note">{visibleLine(by, 60)}</span>
      </td>
      <td className="table-wide">
        <Time at={expires_at} />
      </td>
      <td>
        {openings === 0 ? (
          "never"
        ) : (
          <Button
            look="quiet"
            onClick={onOpenings}
            aria-label={`${formatCount(openings)}× opened, the link to ${titleOf(share)}`}
          >
            {formatCount(openings)}×
          </Button>
        )}
        {last_opened_at !== null && (
          <span className="table-note">
            last <Time at={last_opened_at} />
          </span>
        )}
      </td>
      <td className="table-action">
        {state === "open" || state === "lapsed" ? (
          <>
            <Button look="danger" onClick={onRevoke} aria-label={`Revoke the link to ${titleOf(share)}`}>
              Revoke
            </Button>
            {state === "lapsed" && <span className="table-note">lapsed</span>}
          </>
        ) : state === "revoked" && revoked_at !== null ? (
          <>
            revoked <Time at={revoked_at} />
          </>
        ) : (
          "over"
        )}
      </td>
    </tr>
  );
}

function RevokeDialog({
  workspace,
  share,
  onClose,
}: {
  workspace: string;
  share: Share;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => revokeShare(workspace, share.id),
    onSuccess: async () => {
      onClose();
      await queryClient.invalidateQueries({ queryKey: queryKeys.shares(workspace) });
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
      Whoever has it sees nothing from then on. What they saw or saved before stays with them. It cannot be
      taken back.
    </ConfirmDialog>
  );
}

function OpeningsDialog({
  workspace,
  share,
  onClose,
}: {
  workspace: string;
  share: Share;
  onClose: () => void;
}) {
  const list = useQuery({
    queryKey: queryKeys.shareOpenings(workspace, share.id),
    queryFn: ({ signal }) => listOpenings(workspace, share.id, signal),
  });
  return (
    <Dialog title="Openings" onClose={onClose}>
      <p className="quiet">
        Two openings with the same visitor came from the same network. No address is kept.
      </p>
      {list.isError && <ErrorNotice title="The openings could not be loaded" error={list.error} />}
      {list.isPending && <Loading />}
      {list.data && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <ol className="share-openings" tabIndex={0}>
          {list.data.items.map(({ at, visitor }) => (
            <li key={`${at} ${visitor}`}>
              <Time at={at} />
              <span className="mono">{visitor.slice(0, 8)}</span>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { queryKeys } from "@/api/keys";
import { type Gold, goldQuery, rubricsQuery, setGold } from "@/api/queues";
import { VisibleLine } from "@/replay/text/Visible";
import { useTitles } from "@/sessions/use-titles";
import { ConfirmDialog } from "@/settings/ConfirmDialog";
import { Button } from "@/ui/Button";
import { Loading } from "@/ui/Loading";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { useReviewer } from "../use-reviews";
import { goldWords } from "./gold-words";
import { SessionLink } from "./SessionLink";
import "./manage.css";

/** The judgements that reviewers are compared with. Reviewers are not told which sessions have one. */
export function KnownAnswersPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace" });
  const { mayManage } = useReviewer(workspace);
  return (
    <section>
      <PageTitle>Known answers</PageTitle>
      <header className="settings-head">
        <h2>Known answers</h2>
      </header>
      {mayManage ? (
        <Answers workspace={workspace} />
      ) : (
        <Notice title="Not for reviewers">
          <p>Whoever is compared with known answers is not told which they are.</p>
        </Notice>
      )}
    </section>
  );
}

function Answers({ workspace }: { workspace: string }) {
  const answers = useQuery(goldQuery(workspace));
  const rubrics = useQuery(rubricsQuery(workspace)).data?.items ?? [];
  const [leaving, setLeaving] = useState<Gold>();
  const items = answers.data?.items;
  const titles = useTitles(workspace, items?.map(({ session }) => session) ?? []);
  return (
    <>
      <p className="quiet">
        Judgements that reviewers are compared with. A blind queue can put their sessions among its items;
        reviewers are not told which they are.
      </p>
      {answers.isError ? (
        <ErrorNotice
          title="The known answers could not be fetched"
          error={answers.error}
          onRetry={() => answers.refetch()}
        />
      ) : items === undefined ? (
        <Loading />
      ) : items.length === 0 ? (
        <Notice title="No known answer yet">
          <p>
            Judge a session or a turn yourself, then choose <em>Make it a known answer</em> beside your
            verdict or score in the inspector's tab Review.
          </p>
        </Notice>
      ) : (
        <Table
          caption="Known answers"
          heads={[{ name: "Session or turn" }, { name: "Answer" }, { name: "Set by" }, { name: "" }]}
        >
          {items.map((gold) => (
            <Row
              key={`${gold.session} ${gold.turn} ${gold.rubric}`}
              workspace={workspace}
              gold={gold}
              title={titles.get(gold.session)}
              rubric={rubrics.find(({ id }) => id === gold.rubric)?.name}
              onRemove={() => setLeaving(gold)}
            />
          ))}
        </Table>
      )}
      {leaving && <RemoveDialog workspace={workspace} gold={leaving} onClose={() => setLeaving(undefined)} />}
    </>
  );
}

function Row({
  workspace,
  gold,
  title,
  rubric,
  onRemove,
}: {
  workspace: string;
  gold: Gold;
  /** What the session and the rubric are called, once that is known. */
  title: string | undefined;
  rubric: string | undefined;
  onRemove: () => void;
}) {
  const { session, turn, version, note, by, at } = gold;
  return (
    <tr>
      <th scope="row" className="manage-session">
        <SessionLink workspace={workspace} session={session} turn={turn} title={title} tab="review" />
      </th>
      <td className="manage-name">
        {goldWords(gold)}
        {version !== null && (
          <span className="table-note manage-note">
            <VisibleLine text={rubric ?? "A rubric"} charactersMax={80} />, version {version}
          </span>
        )}
        {note !== null && (
          <span className="table-note manage-note">
            <VisibleLine text={note} charactersMax={200} />
          </span>
        )}
      </td>
      <td>
        <VisibleLine text={by.me ? "You" : by.name} charactersMax={60} />
        <span className="table-note">
          <Time at={at} />
        </span>
      </td>
      <td className="table-action">
        <Button aria-label={`Remove the known answer of ${title ?? "the session"}`} onClick={onRemove}>
          Remove
        </Button>
      </td>
    </tr>
  );
}

function RemoveDialog({
  workspace,
  gold: { session, turn, rubric },
  onClose,
}: {
  workspace: string;
  gold: Gold;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => setGold(workspace, { session, turn, rubric, remove: true }),
    onSuccess: (left) => {
      queryClient.setQueryData(queryKeys.gold(workspace), left);
      onClose();
    },
  });
  return (
    <ConfirmDialog
      title="Remove the known answer"
      action="Remove it"
      error={remove.error}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      Nobody is compared with it any more. What was judged of the {turn === null ? "session" : "turn"} stays.
    </ConfirmDialog>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { isApiError, messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import {
  addRubric,
  changeRubric,
  type Rubric,
  type RubricDefinition,
  retireRubric,
  rubricQuery,
} from "@/api/queues";
import { VisibleLine } from "@/replay/text/Visible";
import { ConfirmDialog } from "@/settings/ConfirmDialog";
import { LeaveGuard } from "@/settings/LeaveGuard";
import { Button } from "@/ui/Button";
import { FormError } from "@/ui/Field";
import { Loading } from "@/ui/Loading";
import { ErrorNotice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Time } from "@/ui/Time";
import { Text } from "../Text";
import { useReviewer } from "../use-reviews";
import { definitionOf } from "../use-scorecard";
import { RubricForm } from "./RubricForm";
import { RubricPreview } from "./RubricPreview";
import { EMPTY_RUBRIC, faultOf, tidied, withNewSection } from "./rubric-edit";
import "./manage.css";

/** One rubric: its form beside how reviewers see it. `new` is one that is not there yet. */
export function RubricPage() {
  const { workspace = "", rubric: id = "" } = useParams({ strict: false });
  const { from, version } = useSearch({ strict: false }) as { from?: string; version?: string };
  const source = id === "new" ? from : id;
  const wanted = version === undefined ? undefined : Number(version);
  const rubric = useQuery({
    ...rubricQuery(workspace, source ?? "", id === "new" ? undefined : wanted),
    enabled: source !== undefined,
  });
  if (rubric.isError) {
    return (
      <ErrorNotice
        title={isApiError(rubric.error, "not_found") ? "No such rubric" : "The rubric could not be fetched"}
        error={rubric.error}
        onRetry={() => rubric.refetch()}
      />
    );
  }
  if (source !== undefined && !rubric.data) {
    return <Loading />;
  }
  return (
    <Editor
      key={`${id} ${from ?? ""} ${rubric.data?.version ?? ""}`}
      workspace={workspace}
      saved={id === "new" ? undefined : rubric.data}
      old={wanted !== undefined && wanted !== rubric.data?.newest_version}
      start={
        rubric.data
          ? id === "new"
            ? { ...definitionOf(rubric.data), name: `${rubric.data.name}, copy` }
            : definitionOf(rubric.data)
          : withNewSection(EMPTY_RUBRIC)
      }
    />
  );
}

function Editor({
  workspace,
  saved,
  old,
  start,
}: {
  workspace: string;
  saved: Rubric | undefined;
  /** An earlier version: read, not changed. */
  old: boolean;
  start: RubricDefinition;
}) {
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { mayManage } = useReviewer(workspace);
  const [draft, setDraft] = useState(start);
  const [tried, setTried] = useState(false);
  const [retiring, setRetiring] = useState(false);
  const fault = faultOf(draft);
  const mayEdit = mayManage && !old && saved?.retired !== true;
  const isChanged = JSON.stringify(draft) !== JSON.stringify(start);

  const isSaved = useRef(false);

  const refresh = () => queryClient.invalidateQueries({ queryKey: queryKeys.rubrics(workspace) });
  const save = useMutation({
    mutationFn: () =>
      saved
        ? changeRubric(workspace, saved.id, saved.version, tidied(draft))
        : addRubric(workspace, tidied(draft)),
    onSuccess: async ({ id }) => {
      isSaved.current = true;
      await refresh();
      navigate({ to: "/w/$workspace/review/rubrics/$rubric", params: { workspace, rubric: id } });
    },
  });
  const retire = useMutation({
    mutationFn: () => retireRubric(workspace, saved?.id ?? ""),
    onSuccess: async () => {
      setRetiring(false);
      await refresh();
    },
  });

  function submit() {
    setTried(true);
    if (fault === undefined) {
      save.mutate();
    }
  }

  return (
    <section>
      <PageTitle>{saved ? saved.name : "New rubric"}</PageTitle>
      <header className="settings-head">
        <h2>{saved ? <VisibleLine text={saved.name} charactersMax={120} /> : "New rubric"}</h2>
        {saved && <Versions workspace={workspace} rubric={saved} old={old} />}
      </header>
      <div className="rubric-sides">
        <form
          className="rubric-form"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <RubricForm rubric={draft} disabled={!mayEdit} onChange={setDraft} />
          {mayEdit && (
            <footer className="manage-foot">
              <FormError message={tried ? (fault ?? errorWords(save.error)) : undefined} />
              <div className="form-actions">
                <Button look="primary" type="submit" disabled={save.isPending || (saved && !isChanged)}>
                  {saved ? `Save as version ${saved.version + 1}` : "Save"}
                </Button>
                {isChanged && <Button onClick={() => setDraft(start)}>Put back</Button>}
                {saved && (
                  <Button look="danger" onClick={() => setRetiring(true)}>
                    Retire
                  </Button>
                )}
              </div>
            </footer>
          )}
        </form>
        <RubricPreview workspace={workspace} rubric={draft} />
      </div>
      {saved && saved.precedents.length > 0 && <Precedents workspace={workspace} rubric={saved} />}
      <LeaveGuard isUnsaved={() => mayEdit && isChanged && !isSaved.current}>
        What you changed in this rubric is not saved.
      </LeaveGuard>
      {retiring && saved && (
        <ConfirmDialog
          title={`Retire ${saved.name}`}
          action="Retire"
          error={retire.error}
          isPending={retire.isPending}
          onConfirm={() => retire.mutate()}
          onClose={() => setRetiring(false)}
        >
          Nobody can score with it any more. Scores that were given with it stay as they are.
        </ConfirmDialog>
      )}
    </section>
  );
}

function errorWords(error: Error | null): string | undefined {
  if (error === null) {
    return undefined;
  }
  const parts = isApiError(error) ? error.parts.map(({ pointer, detail }) => ` ${pointer}: ${detail}.`) : [];
  return messageOf(error) + parts.join("");
}

function Versions({ workspace, rubric, old }: { workspace: string; rubric: Rubric; old: boolean }) {
  const { id, version, newest_version } = rubric;
  const link = (to: number | undefined, words: string) => (
    <Link
      to="/w/$workspace/review/rubrics/$rubric"
      params={{ workspace, rubric: id }}
      search={to === undefined ? {} : { version: String(to) }}
    >
      {words}
    </Link>
  );
  return (
    <p className="rubric-versions quiet">
      <span>
        version {version}
        {rubric.retired && ", retired"}
      </span>
      {version < newest_version && link(version + 1, `version ${version + 1}`)}
      {version > 1 && link(version - 1, `version ${version - 1}`)}
      {old && link(undefined, "to the newest")}
    </p>
  );
}

/** Decisions of calibrations, which say how the rubric is meant. */
function Precedents({ workspace, rubric }: { workspace: string; rubric: Rubric }) {
  return (
    <section className="settings-part">
      <h3>Precedents</h3>
      <ul className="precedents">
        {rubric.precedents.map((precedent) => (
          <li key={`${precedent.at} ${precedent.text}`}>
            <Text text={precedent.text} />
            <p className="table-note">
              <VisibleLine text={precedent.by.name} charactersMax={60} /> <Time at={precedent.at} />{" "}
              {precedent.session !== null && (
                <Link to="/w/$workspace/sessions/$session" params={{ workspace, session: precedent.session }}>
                  the session
                </Link>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

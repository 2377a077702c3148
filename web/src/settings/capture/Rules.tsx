import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeCapturePolicy } from "@/api/capture";
import { queryKeys } from "@/api/keys";
import type { CaptureSettings } from "@/api/types";
import { Visible } from "@/replay/text/Visible";
import { Button } from "@/ui/Button";
import { Table } from "@/ui/Table";
import { Time } from "@/ui/Time";
import { ConfirmDialog } from "../ConfirmDialog";
import { RuleDialog } from "./RuleDialog";
import { optOutWords, projectWords, type Rule, rulesOf, withoutProject } from "./rules";

const HEADS = [{ name: "Project" }, { name: "Then it is" }, { name: "Notice", wide: true }, { name: "" }];

export function Rules({ workspace, settings }: { workspace: string; settings: CaptureSettings }) {
  const mayChange = settings.can_change;
  /** The rule that is being written; without one, a new one. */
  const [open, setOpen] = useState<{ rule: Rule | undefined }>();
  const [removing, setRemoving] = useState<string>();
  return (
    <section className="settings-part">
      <div className="settings-head">
        <h3>Rules</h3>
        {mayChange && <Button onClick={() => setOpen({ rule: undefined })}>Add a project</Button>}
      </div>
      {settings.retention_locked && (
        <p className="privacy-locked" role="note">
          This workspace erases nothing before its time: whatever stands here, no session is made private.
        </p>
      )}
      {!mayChange && <p className="quiet">You may look at the rules, not change them.</p>}
      <Table caption="Rules" heads={HEADS}>
        {rulesOf(settings).map((rule) => (
          <RuleRow
            key={rule.project ?? ""}
            rule={rule}
            isOnly={settings.policy.projects.length === 0}
            onChange={mayChange ? () => setOpen({ rule }) : undefined}
            onRemove={mayChange && rule.project !== undefined ? () => setRemoving(rule.project) : undefined}
          />
        ))}
      </Table>
      {settings.changed_at !== null && (
        <p className="quiet privacy-changed">
          Changed <Time at={settings.changed_at} /> by {settings.changed_by ?? "someone"}
        </p>
      )}
      {open && (
        <RuleDialog
          workspace={workspace}
          settings={settings}
          rule={open.rule}
          onClose={() => setOpen(undefined)}
        />
      )}
      {removing !== undefined && (
        <RemoveDialog
          workspace={workspace}
          settings={settings}
          project={removing}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </section>
  );
}

function RuleRow({
  rule,
  isOnly,
  onChange,
  onRemove,
}: {
  rule: Rule;
  isOnly: boolean;
  onChange: (() => void) | undefined;
  onRemove: (() => void) | undefined;
}) {
  const name = projectWords(rule, isOnly);
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{optOutWords(rule.opt_out)}</td>
      <td className="table-wide privacy-notice">
        {rule.notice === null ? "–" : <Visible text={rule.notice} />}
      </td>
      <td className="table-action">
        {onChange && (
          <Button onClick={onChange} aria-label={`Change the rule of ${name}`}>
            Change
          </Button>
        )}
        {onRemove && (
          <Button look="danger" onClick={onRemove} aria-label={`Remove the rule of ${name}`}>
            Remove
          </Button>
        )}
      </td>
    </tr>
  );
}

function RemoveDialog({
  workspace,
  settings,
  project,
  onClose,
}: {
  workspace: string;
  settings: CaptureSettings;
  project: string;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      changeCapturePolicy(workspace, {
        revision: settings.revision,
        policy: withoutProject(settings, project),
      }),
    onSuccess: (changed) => {
      queryClient.setQueryData(queryKeys.capturePolicy(workspace), changed);
      onClose();
    },
    onError: () => queryClient.invalidateQueries({ queryKey: queryKeys.capturePolicy(workspace) }),
  });
  return (
    <ConfirmDialog
      title="Remove this rule?"
      action="Remove"
      error={remove.error}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      For <strong>{project}</strong> the rule of every other project holds then.
    </ConfirmDialog>
  );
}

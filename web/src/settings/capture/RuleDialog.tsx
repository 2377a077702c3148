import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { changeCapturePolicy } from "@/api/capture";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import type { CaptureSettings, OptOut } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Choice, Field, FormError, TextField } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";
import { OPT_OUTS, projectWords, type Rule, withRule } from "./rules";

const NOTICE_CHARACTERS_MAX = 1_000;

/** Writes the rule of a project, or of every one that has none of its own. */
export function RuleDialog({
  workspace,
  settings,
  rule,
  onClose,
}: {
  workspace: string;
  settings: CaptureSettings;
  /** The one that is changed; none: a new one, of a project. */
  rule: Rule | undefined;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const [optOut, setOptOut] = useState<OptOut>(rule?.opt_out ?? settings.policy.workspace.opt_out);
  const save = useMutation({
    mutationFn: (made: Rule) =>
      changeCapturePolicy(workspace, { revision: settings.revision, policy: withRule(settings, made) }),
    onSuccess: (changed) => {
      queryClient.setQueryData(queryKeys.capturePolicy(workspace), changed);
      onClose();
    },
    // Somebody else may have changed it: what stands below is theirs then.
    onError: () => queryClient.invalidateQueries({ queryKey: queryKeys.capturePolicy(workspace) }),
  });
  const isNew = rule === undefined;
  const title = isNew ? "Add a project" : projectWords(rule, settings.policy.projects.length === 0);
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="form"
        onSubmit={onSubmit((field) =>
          save.mutate({
            project: isNew ? field("project").trim() : rule.project,
            opt_out: optOut,
            notice: field("notice").trim() || null,
          }),
        )}
      >
        {isNew && <Field label="Project" name="project" autoComplete="off" required autoFocus />}
        <Choice
          label="A session that its person makes private"
          value={optOut}
          options={OPT_OUTS}
          onChange={setOptOut}
          hint={OPT_OUTS.find(({ value }) => value === optOut)?.does}
        />
        <TextField
          label="Notice"
          name="notice"
          maxLength={NOTICE_CHARACTERS_MAX}
          spellCheck
          defaultValue={rule?.notice ?? ""}
          hint="What the person is told; may be empty."
        />
        <FormError message={save.error ? messageOf(save.error) : undefined} />
        <div className="form-actions">
          <Button look="primary" type="submit" disabled={save.isPending}>
            Save
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

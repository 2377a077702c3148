import { useMutation, useQueryClient } from "@tanstack/react-query";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { createKey } from "@/api/members";
import type { Plugin } from "@/api/types";
import { Button } from "@/ui/Button";
import { CopyButton } from "@/ui/CopyButton";
import { Dialog } from "@/ui/Dialog";
import { Field, FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";
import { Secret } from "../Secret";
import { commandsForFolder, commandsForPerson, managedSettings, marketplaceUrl } from "./install-commands";

/** Makes an install link and shows what to do with it, once. */
export function LinkDialog({
  workspace,
  plugin,
  onClose,
}: {
  workspace: string;
  plugin: Plugin;
  onClose: () => void;
}) {
  const queryClient = useQueryClient();
  const make = useMutation({
    mutationFn: (project: string) => createKey(workspace, { scope: "download", projects: [project] }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.apiKeys(workspace) }),
  });

  if (make.data) {
    const url = marketplaceUrl(plugin.endpoint, workspace, make.data.token);
    return (
      <Dialog title="Keep this link" onClose={onClose}>
        <p>
          It is shown this once. Whoever has it can install the plugin, and so send sessions to the project.
        </p>
        <Secret label="The link" text={url} />
        {plugin.is_https ? (
          <>
            <Copied label="On one machine, in a terminal" text={commandsForPerson(url)} />
            <Copied label="On every machine, in Claude Code’s managed settings" text={managedSettings(url)} />
          </>
        ) : (
          <>
            <p role="note">
              Claude Code installs from a link by https only, and this server is reached without. On this
              machine it installs from a folder.
            </p>
            <Copied
              label="On this machine, in a terminal"
              text={commandsForFolder(plugin.endpoint, workspace, make.variables)}
            />
          </>
        )}
      </Dialog>
    );
  }
  return (
    <Dialog title="Make an install link" onClose={onClose}>
      <form className="form" onSubmit={onSubmit((field) => make.mutate(field("project").trim()))}>
        <Field
          label="Project"
          name="project"
          autoComplete="off"
          required
          hint="What is captured belongs to it. A new name makes a new project."
        />
        <FormError message={make.error ? messageOf(make.error) : undefined} />
        <div className="form-actions">
          <Button look="primary" type="submit" disabled={make.isPending}>
            Make the link
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  return (
    <section className="install-copied">
      <h3>{label}</h3>
      <pre className="install-text">{text}</pre>
      <CopyButton text={text} />
    </section>
  );
}

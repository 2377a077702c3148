import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { createKey, listMembers } from "@/api/members";
import type { ApiKey } from "@/api/types";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Choice, Field, FormError } from "@/ui/Field";
import { onSubmit } from "@/ui/on-submit";
import { namesOfText } from "./projects-text";
import { Secret } from "./Secret";

const SCOPES: readonly { value: ApiKey["scope"]; name: string }[] = [
  { value: "ingest", name: "sending sessions (ingest)" },
  { value: "read", name: "reading sessions (read)" },
];

const NOBODY = { value: "", name: "nobody in particular" };

/** Makes a key and shows it, once. */
export function KeyDialog({ workspace, onClose }: { workspace: string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [scope, setScope] = useState<ApiKey["scope"]>("ingest");
  const [account, setAccount] = useState("");
  const members = useQuery({
    queryKey: queryKeys.members(workspace),
    queryFn: ({ signal }) => listMembers(workspace, signal),
  });
  const make = useMutation({
    mutationFn: (projects: string[]) =>
      createKey(workspace, { scope, projects, ...(scope === "ingest" && account !== "" ? { account } : {}) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.apiKeys(workspace) }),
  });

  if (make.data) {
    return (
      <Dialog title="Keep this key" onClose={onClose}>
        <p>It is shown this once. Whoever has it may {scope === "ingest" ? "send" : "read"} sessions.</p>
        <Secret label="The key" text={make.data.token} />
      </Dialog>
    );
  }
  return (
    <Dialog title="Make a key" onClose={onClose}>
      <form className="form" onSubmit={onSubmit((field) => make.mutate(namesOfText(field("projects"))))}>
        <Choice label="For" value={scope} options={SCOPES} onChange={setScope} />
        <Field
          label="Projects"
          name="projects"
          autoComplete="off"
          required={scope === "ingest"}
          placeholder={scope === "ingest" ? "" : "all"}
          hint={
            scope === "ingest"
              ? "Names between commas. What is sent with it belongs to them; of several, the working folder decides."
              : "Names between commas; empty for all."
          }
        />
        {scope === "ingest" && (
          <Choice
            label="Person"
            value={account}
            options={[NOBODY, ...(members.data?.items ?? []).map(personOption)]}
            onChange={setAccount}
            hint="What a person’s own key sends is that person’s, whatever the client says."
          />
        )}
        <FormError message={make.error ? messageOf(make.error) : undefined} />
        <div className="form-actions">
          <Button look="primary" type="submit" disabled={make.isPending}>
            Make the key
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

function personOption({ account, name, email }: { account: string; name: string; email: string }) {
  return { value: account, name: `${name}, ${email}` };
}

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { isApiError, messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { changeRedaction, getRedaction } from "@/api/redaction";
import type { RedactionSettings } from "@/api/types";
import { type FaultPlace, faultPlace, faultWords } from "./checks";
import { bodyOf, changesOf, type Policy, policyOf, rebased } from "./draft";

/** What was changed, and the policy that it was changed from. */
interface Edit {
  from: RedactionSettings;
  draft: Policy;
}

/** What the server refused, at a field where it says so. */
export interface Refused {
  message: string;
  at?: FaultPlace;
}

/** As long as it takes to be read. */
const SAVED_SHOWN_MS = 8_000;

/** The policy of a workspace and its unsaved changes. */
export function usePolicy(workspace: string, current: RedactionSettings) {
  const queryClient = useQueryClient();
  const [edit, setEdit] = useState<Edit>();
  const [refused, setRefused] = useState<Refused>();
  /** Who saved another policy while this one was being changed. */
  const [overtakenBy, setOvertakenBy] = useState<string>();

  const [wasSaved, setWasSaved] = useState(false);

  useEffect(() => {
    if (wasSaved) {
      const timer = setTimeout(() => setWasSaved(false), SAVED_SHOWN_MS);
      return () => clearTimeout(timer);
    }
  }, [wasSaved]);

  const from = edit?.from ?? current;
  const saved = policyOf(from);
  const draft = edit?.draft ?? saved;
  const changes = changesOf(saved, draft);

  const save = useMutation({
    mutationFn: () => changeRedaction(workspace, { revision: from.revision, policy: bodyOf(draft) }),
    onSuccess: async (answer) => {
      queryClient.setQueryData(queryKeys.redaction(workspace), answer);
      setEdit(undefined);
      setRefused(undefined);
      setOvertakenBy(undefined);
      setWasSaved(true);
      await Promise.all(
        [queryKeys.redactionCounts(workspace), queryKeys.ruleTitles(workspace)].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      );
    },
    onError: async (error) => {
      if (!isApiError(error, "conflict")) {
        setRefused(refusedOf(error));
        return;
      }
      try {
        const theirs = await queryClient.fetchQuery({
          queryKey: queryKeys.redaction(workspace),
          queryFn: ({ signal }) => getRedaction(workspace, signal),
          staleTime: 0,
        });
        const mine = rebased(saved, draft, policyOf(theirs));
        // They may have done the same.
        const isDone = changesOf(policyOf(theirs), mine).length === 0;
        setEdit(isDone ? undefined : { from: theirs, draft: mine });
        setOvertakenBy(isDone ? undefined : (theirs.changed_by ?? "Someone"));
        setRefused(undefined);
      } catch (failed) {
        setRefused(refusedOf(failed));
      }
    },
  });

  return {
    from,
    saved,
    draft,
    changes,
    refused,
    overtakenBy,
    isSaving: save.isPending,
    isSaved: wasSaved && changes.length === 0,
    save: () => save.mutate(),
    change: (changed: Policy) => {
      setRefused(undefined);
      setEdit({ from, draft: changed });
    },
    discard: () => {
      setEdit(undefined);
      setRefused(undefined);
      setOvertakenBy(undefined);
    },
  };
}

/** Why something was refused, and where that is to be mended. */
export function refusedOf(error: unknown): Refused {
  const [part] = isApiError(error) ? error.parts : [];
  const at = part && faultPlace(part.pointer);
  return at ? { message: faultWords(part.detail), at } : { message: messageOf(error) };
}

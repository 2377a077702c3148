import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useState } from "react";
import { messageOf } from "@/api/error";
import { queryKeys } from "@/api/keys";
import { listShares, makeShare, previewPath, previewShare } from "@/api/sharing";
import type { SharePreview, ShareRequest, TurnRow } from "@/api/types";
import { plural } from "@/format/count";
import { useReplay } from "@/replay/replay-context";
import { Secret } from "@/settings/Secret";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Choice, Field, FormError, TextField } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import { type Range, RangeFields } from "./RangeFields";
import { DAYS, linesOfText, previewWords } from "./words";
import "./share.css";

/** Typing is over after so long. */
const PAUSE_MS = 500;

const SCOPES = [
  { value: "all", name: "The whole session" },
  { value: "range", name: "Some turns" },
] as const;

interface Draft {
  scope: "all" | "range";
  range: Range;
  outputs: boolean;
  thinking: boolean;
  reviews: boolean;
  words: string;
  patterns: string;
  note: string;
}

/** Makes a link for people without a sign-in. What it shows is looked at before there is one. */
export function ShareDialog({
  session,
  turns,
  onClose,
}: {
  session: string;
  turns: readonly TurnRow[];
  onClose: () => void;
}) {
  const { workspace } = useReplay();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<Draft>({
    scope: "all",
    range: { from: 0, to: Math.max(0, turns.length - 1) },
    outputs: true,
    thinking: false,
    reviews: false,
    words: "",
    patterns: "",
    note: "",
  });
  const [days, setDays] = useState<string>("7");
  const set = (change: Partial<Draft>) => setDraft((held) => ({ ...held, ...change }));
  const content = contentOf(draft, turns);
  const paused = usePaused(JSON.stringify({ ...content, note: null }));
  const isPaused = paused === JSON.stringify({ ...content, note: null });
  const preview = useQuery({
    queryKey: ["workspace", workspace, "share-preview", session, paused],
    queryFn: ({ signal }) => previewShare(workspace, session, JSON.parse(paused) as ShareRequest, signal),
    retry: false,
    // A preview can be looked at for ten minutes.
    staleTime: 5 * 60_000,
    gcTime: 5 * 60_000,
  });
  const others = useQuery({
    queryKey: queryKeys.sharesOf(workspace, session),
    queryFn: ({ signal }) => listShares(workspace, session, signal),
  });
  const make = useMutation({
    mutationFn: (preview: string) => makeShare(workspace, session, { content, preview, days: Number(days) }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: queryKeys.shares(workspace) }),
    // A preview that is over is looked at once more.
    onError: () => preview.refetch(),
  });

  if (make.data) {
    return (
      // A dialog of its own, so that the focus is in it.
      <Dialog key="made" title="Share this link" onClose={onClose}>
        <p>
          Whoever has it sees what you looked at, without a sign-in, for {plural(Number(days), "day")}. It is
          shown this once; each opening is noted, and Settings, Shared links, revokes it.
        </p>
        <Secret label="The link" text={window.location.origin + make.data.path} />
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </Dialog>
    );
  }
  const open = others.data?.items.filter(({ state }) => state === "open").length ?? 0;
  const isLookedAt = isPaused && preview.data !== undefined && !preview.isFetching;
  return (
    <Dialog title="Share link" onClose={onClose} wide>
      <div className="share">
        <form
          className="form share-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (isLookedAt) {
              make.mutate(preview.data.preview);
            }
          }}
        >
          <Choice
            label="What is shown"
            value={draft.scope}
            options={turns.length > 0 ? SCOPES : SCOPES.slice(0, 1)}
            onChange={(scope) => set({ scope })}
            hint={
              draft.scope === "all"
                ? "All that there is now; what comes later is not shown."
                : "These turns only: nothing else of the session is in the page."
            }
          />
          {draft.scope === "range" && (
            <RangeFields turns={turns} range={draft.range} onChange={(range) => set({ range })} />
          )}
          <div className="share-switches">
            <Switch on={draft.outputs} onChange={(outputs) => set({ outputs })}>
              Tool outputs
            </Switch>
            <Switch on={draft.thinking} onChange={(thinking) => set({ thinking })}>
              Thinking
            </Switch>
            <Switch on={draft.reviews} onChange={(reviews) => set({ reviews })}>
              Reviews, with their authors’ names
            </Switch>
          </div>
          <TextField
            label="Mask these words"
            rows={3}
            autoCapitalize="none"
            value={draft.words}
            onChange={(event) => set({ words: event.target.value })}
            hint="One a line, in any case. They are masked in this link only; pictures are left out then."
          />
          <TextField
            label="Mask what fits these patterns"
            rows={2}
            className="mono"
            autoCapitalize="none"
            value={draft.patterns}
            error={preview.error ? messageOf(preview.error) : undefined}
            onChange={(event) => set({ patterns: event.target.value })}
            hint="Regular expressions, one a line."
          />
          <Choice label="Good for" value={days} options={DAYS} onChange={setDays} />
          <Field
            label="Note"
            value={draft.note}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => set({ note: event.target.value })}
            hint="For yourself: whom it is for."
          />
          <FormError message={make.error ? messageOf(make.error) : undefined} />
          <div className="form-actions">
            <Button look="primary" type="submit" disabled={!isLookedAt || make.isPending}>
              Make the link
            </Button>
            <Button onClick={onClose}>Cancel</Button>
          </div>
          {open > 0 && (
            <p className="quiet share-open">
              {open === 1 ? "1 link to this session is open." : `${open} links to this session are open.`}
            </p>
          )}
        </form>
        <Preview
          workspace={workspace}
          preview={isLookedAt ? preview.data : undefined}
          failed={preview.isError}
        />
      </div>
    </Dialog>
  );
}

function Preview({
  workspace,
  preview,
  failed,
}: {
  workspace: string;
  preview: SharePreview | undefined;
  failed: boolean;
}) {
  // The page that was there stays until the next one is.
  const [seen, setSeen] = useState<SharePreview>();
  const shown = useDeferredValue(preview ?? seen);
  useEffect(() => {
    if (preview) {
      setSeen(preview);
    }
  }, [preview]);
  return (
    <section className="share-preview" aria-label="What the link shows" aria-busy={preview === undefined}>
      <p className="share-preview-words" role="status">
        {failed && preview === undefined
          ? seen
            ? "Below is not what the link would show: mend what is wrong first."
            : "There is nothing to look at yet."
          : preview
            ? previewWords(preview).join(" ")
            : "Looking at what it shows…"}
      </p>
      {shown && (
        <iframe
          title="The page that the link shows"
          className={failed && preview === undefined ? "share-preview-stale" : undefined}
          // Nothing runs in it, and it is of no origin.
          sandbox=""
          referrerPolicy="no-referrer"
          src={previewPath(workspace, shown.preview)}
        />
      )}
    </section>
  );
}

function contentOf(draft: Draft, turns: readonly TurnRow[]): ShareRequest {
  const [first, last] = [turns[draft.range.from], turns[draft.range.to]];
  const range = draft.scope === "range" && first && last ? { from_turn: first.id, to_turn: last.id } : {};
  return {
    ...range,
    tool_outputs: draft.outputs,
    thinking: draft.thinking,
    reviews: draft.reviews,
    words: linesOfText(draft.words),
    patterns: linesOfText(draft.patterns),
    note: draft.note.trim() === "" ? null : draft.note.trim(),
  };
}

/** A value once it has not changed for a while. */
function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return paused;
}

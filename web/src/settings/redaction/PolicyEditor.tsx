import { type ReactNode, useMemo, useState } from "react";
import type { RedactionCounts, RedactionSettings } from "@/api/types";
import { formatCount } from "@/format/count";
import { Visible } from "@/replay/text/Visible";
import { Button } from "@/ui/Button";
import { FormError } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import { Time } from "@/ui/Time";
import { LeaveGuard } from "../LeaveGuard";
import { BuiltInRules } from "./BuiltInRules";
import { kindCounts } from "./counts";
import { withOwn, withRules } from "./draft";
import { DictionaryDialog, PatternDialog } from "./OwnRuleDialog";
import { DictionaryTable, PatternTable } from "./OwnRules";
import { usePolicy } from "./use-policy";
import { versionWords } from "./words";

/** The rule that is being written: without a place, a new one. */
interface Open {
  kind: "patterns" | "dictionaries";
  place: number | undefined;
}

export function PolicyEditor({
  workspace,
  current,
  counts,
  children,
}: {
  workspace: string;
  current: RedactionSettings;
  counts: RedactionCounts | undefined;
  /** What follows on the page; the unsaved changes stay in sight over it. */
  children: ReactNode;
}) {
  const policy = usePolicy(workspace, current);
  const { from, draft, saved, changes, refused } = policy;
  const mayChange = from.can_change;
  const [open, setOpen] = useState<Open>();
  const totals = useMemo(
    () => new Map(counts && kindCounts(counts).map(({ kind, total }) => [kind, total])),
    [counts],
  );
  const ownRules = draft.patterns.length + draft.dictionaries.length;
  const isFull = ownRules >= from.limits.own_rules_max;

  const rule = (kind: Open["kind"], place: number | undefined) => ({
    workspace,
    limits: from.limits,
    taken: new Set(
      [
        ...from.rules,
        ...draft.patterns.filter((_, other) => kind !== "patterns" || other !== place),
        ...draft.dictionaries.filter((_, other) => kind !== "dictionaries" || other !== place),
      ].map(({ name }) => name),
    ),
    refused: refused?.at?.kind === kind && refused.at.place === place ? refused : undefined,
    onClose: () => setOpen(undefined),
  });
  // What the server refused is shown where it can be mended.
  const asked = open ?? (refused?.at && { kind: refused.at.kind, place: refused.at.place });
  const close = () => {
    setOpen(undefined);
    if (refused?.at) {
      policy.change(draft);
    }
  };

  return (
    <>
      <section className="settings-part">
        <div className="settings-head">
          <h3>Built-in rules</h3>
          <p className="quiet">
            Version <span title={`SHA-256 ${from.hash}`}>{versionWords(from.version)}</span>
            {from.changed_at !== null && (
              <>
                , changed <Time at={from.changed_at} /> by {from.changed_by ?? "someone"}
              </>
            )}
          </p>
        </div>
        {!mayChange && <p className="quiet">You may look at the rules, not change them.</p>}
        {from.refused.length > 0 && (
          <div className="redaction-refused" role="note">
            <p>Parts of the policy are not applied: this release does not take them.</p>
            <ul>
              {from.refused.map(({ pointer, message }) => (
                <li key={pointer}>
                  <code>
                    <Visible text={pointer} />
                  </code>{" "}
                  {message !== null && <Visible text={message} />}
                </li>
              ))}
            </ul>
          </div>
        )}
        <BuiltInRules
          rules={from.rules}
          off={draft.off}
          totals={totals}
          isKnown={counts !== undefined}
          disabled={!mayChange}
          onSwitch={(names, on) => policy.change(withRules(draft, names, on))}
        />
      </section>

      <section className="settings-part">
        <div className="settings-head">
          <h3>Own patterns</h3>
          {mayChange && (
            <Button disabled={isFull} onClick={() => setOpen({ kind: "patterns", place: undefined })}>
              Add a pattern
            </Button>
          )}
        </div>
        <PatternTable
          patterns={draft.patterns}
          saved={saved.patterns}
          totals={totals}
          mayChange={mayChange}
          onChange={(place) => setOpen({ kind: "patterns", place })}
          onRemove={(place) => policy.change(withOwn(draft, "patterns", place, undefined))}
        />
      </section>

      <section className="settings-part">
        <div className="settings-head">
          <h3>Own dictionaries</h3>
          {mayChange && (
            <Button disabled={isFull} onClick={() => setOpen({ kind: "dictionaries", place: undefined })}>
              Add a dictionary
            </Button>
          )}
        </div>
        <DictionaryTable
          dictionaries={draft.dictionaries}
          shown={from.policy.dictionaries}
          saved={saved.dictionaries}
          totals={totals}
          mayChange={mayChange}
          onChange={(place) => setOpen({ kind: "dictionaries", place })}
          onRemove={(place) => policy.change(withOwn(draft, "dictionaries", place, undefined))}
        />
        {isFull && mayChange && (
          <p className="quiet">
            {formatCount(ownRules)} own rules are as many as there may be; a dictionary holds many words.
          </p>
        )}
      </section>

      <section className="settings-part">
        <h3>Identity in telemetry</h3>
        <p className="redaction-pseudonyms">
          <Switch
            on={draft.pseudonyms}
            disabled={!mayChange}
            onChange={(pseudonyms) => policy.change({ ...draft, pseudonyms })}
          >
            Pseudonyms in place of <code>user.email</code>, <code>enduser.id</code> and{" "}
            <code>process.owner</code>
            <span className="table-note">
              One person stays one pseudonym in this workspace; only who holds its key could find out whose.
            </span>
          </Switch>
        </p>
      </section>

      {children}

      {mayChange && (
        <div className={changes.length > 0 || policy.isSaved ? "unsaved" : "unsaved unsaved-none"}>
          <p className="unsaved-words" role="status">
            {changes.length > 0 ? (
              <>
                {policy.overtakenBy !== undefined && (
                  <>
                    {policy.overtakenBy} saved another policy meanwhile: your changes now stand on top of it.{" "}
                  </>
                )}
                Not saved: {changes.join(", ")}.
              </>
            ) : (
              policy.isSaved && "Saved. It holds for what is captured from now on."
            )}
          </p>
          <FormError message={refused && !refused.at ? refused.message : undefined} />
          {changes.length > 0 && (
            <div className="form-actions">
              <Button look="primary" disabled={policy.isSaving} onClick={policy.save}>
                Save
              </Button>
              <Button disabled={policy.isSaving} onClick={policy.discard}>
                Discard
              </Button>
            </div>
          )}
        </div>
      )}

      {asked?.kind === "patterns" && (
        <PatternDialog
          {...rule("patterns", asked.place)}
          onClose={close}
          pattern={asked.place === undefined ? undefined : draft.patterns[asked.place]}
          onDone={(pattern) => {
            policy.change(withOwn(draft, "patterns", asked.place, pattern));
            setOpen(undefined);
          }}
        />
      )}
      {asked?.kind === "dictionaries" && (
        <DictionaryDialog
          {...rule("dictionaries", asked.place)}
          onClose={close}
          dictionary={asked.place === undefined ? undefined : draft.dictionaries[asked.place]}
          onDone={(dictionary) => {
            policy.change(withOwn(draft, "dictionaries", asked.place, dictionary));
            setOpen(undefined);
          }}
        />
      )}
      <LeaveGuard isUnsaved={() => changes.length > 0}>Not saved: {changes.join(", ")}.</LeaveGuard>
    </>
  );
}

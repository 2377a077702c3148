import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useDeferredValue, useId, useState } from "react";
import { tryRedaction } from "@/api/redaction";
import type { RedactionTrial, TrialFound, TrialSample } from "@/api/types";
import { formatBytes, formatCount, plural } from "@/format/count";
import { Visible } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { FormError, TextField } from "@/ui/Field";
import { Unreadable } from "./sample/parse";
import type { Hit } from "./sample/search";
import { type Refused, refusedOf } from "./use-policy";

const SAMPLE_MAX = 4_000;
/** A trial changes nothing: the name that the rule will have is of no matter. */
const STAND_IN = "trial";

/** What a rule finds: in a text that is typed, at once; in what is stored, when it is asked for. */
export function Trial({
  workspace,
  content,
  isReady,
  find,
  trial,
  onRefused,
}: {
  workspace: string;
  content: string;
  /** Whether there is anything that can be tried. */
  isReady: boolean;
  /** Hits in a text; throws `Unreadable`. */
  find: (text: string) => Hit[];
  trial: (name: string) => RedactionTrial;
  onRefused: (refused: Refused) => void;
}) {
  const [sample, setSample] = useState("");
  const stored = useMutation({
    mutationFn: (_content: string) => tryRedaction(workspace, trial(STAND_IN)),
    onError: (error) => {
      const refused = refusedOf(error);
      if (refused.at) {
        onRefused(refused);
      }
    },
  });
  const refused = stored.error ? refusedOf(stored.error) : undefined;
  // What was found with another rule says nothing of this one.
  const isCurrent = stored.variables === content;
  return (
    <fieldset className="trial">
      <legend>Try it</legend>
      <TextField
        label="Sample text"
        rows={3}
        maxLength={SAMPLE_MAX}
        value={sample}
        onChange={(event) => setSample(event.target.value)}
      />
      <SampleFound sample={sample} isReady={isReady} find={find} />
      <div className="trial-stored">
        <Button disabled={!isReady || stored.isPending} onClick={() => stored.mutate(content)}>
          {stored.isPending ? "Looking …" : "Try on stored sessions"}
        </Button>
        <p className="quiet">
          Looks through what is stored, newest first. Sessions that are shown count as viewed by you.
        </p>
      </div>
      <FormError message={refused && isCurrent && !refused.at ? refused.message : undefined} />
      <div aria-live="polite">
        {stored.data && isCurrent && <StoredFound workspace={workspace} found={stored.data} />}
      </div>
    </fieldset>
  );
}

function SampleFound({
  sample,
  isReady,
  find,
}: {
  sample: string;
  isReady: boolean;
  find: (text: string) => Hit[];
}) {
  const text = useDeferredValue(sample);
  const found = isReady && text !== "" ? foundIn(text, find) : undefined;
  const id = useId();
  return (
    <div className="trial-sample">
      <p role="status" id={id} className="quiet">
        {found === undefined
          ? "What is found in it is marked here."
          : typeof found === "string"
            ? `Not tried here: ${found}. The stored sessions are tried by the server.`
            : found.length === 0
              ? "Nothing is found."
              : `${plural(found.length, "hit")}.`}
      </p>
      {Array.isArray(found) && found.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: `output` is for inline content
        <p role="group" aria-labelledby={id} className="trial-text">
          <Marked text={text} hits={found} />
        </p>
      )}
    </div>
  );
}

function foundIn(text: string, find: (text: string) => Hit[]): Hit[] | string {
  try {
    return find(text);
  } catch (error) {
    if (error instanceof Unreadable) {
      return error.message;
    }
    throw error;
  }
}

function Marked({ text, hits }: { text: string; hits: readonly Hit[] }) {
  const pieces = [];
  let at = 0;
  for (const [start, end] of hits) {
    pieces.push(
      <Visible key={at} text={text.slice(at, start)} />,
      <mark key={`hit-${start}`}>
        <Visible text={text.slice(start, end)} />
      </mark>,
    );
    at = end;
  }
  return (
    <>
      {pieces}
      <Visible text={text.slice(at)} />
    </>
  );
}

function StoredFound({ workspace, found }: { workspace: string; found: TrialFound }) {
  const { hits, sessions, records_seen, bytes_seen, is_complete, samples } = found;
  const seen = `${plural(records_seen, "record")}, ${formatBytes(bytes_seen)}`;
  return (
    <div className="trial-found">
      <p>
        <strong>{hits === 0 ? "No hit" : `${plural(hits, "hit")} in ${plural(sessions, "session")}`}</strong>{" "}
        <span className="quiet">
          {is_complete
            ? `in all that is stored (${seen}).`
            : `in the newest ${seen}: older ones were not looked at.`}
          {samples.length < hits && samples.length > 0 && ` ${formatCount(samples.length)} of them:`}
        </span>
      </p>
      {samples.length > 0 && (
        <ol className="trial-hits">
          {samples.map((sample) => (
            <Sample
              key={`${sample.record} ${sample.pointer} ${sample.before} ${sample.hit} ${sample.after}`}
              workspace={workspace}
              sample={sample}
            />
          ))}
        </ol>
      )}
    </div>
  );
}

const TITLE_MAX = 60;

function Sample({ workspace, sample }: { workspace: string; sample: TrialSample }) {
  const { session, title, record, pointer, before, hit, after } = sample;
  return (
    <li>
      <p className="trial-hit">
        <Visible text={before} />
        <mark>
          <Visible text={hit} />
        </mark>
        <Visible text={after} />
      </p>
      <p className="trial-where" title={visibleLine(pointer)}>
        {session === null ? (
          "of no session"
        ) : (
          // In a tab of its own: what is being written here is not saved.
          <Link to="/w/$workspace/sessions/$session" params={{ workspace, session }} target="_blank">
            <Visible text={visibleLine(title ?? session, TITLE_MAX)} />
          </Link>
        )}
        <span> record {formatCount(record)}</span>
      </p>
    </li>
  );
}

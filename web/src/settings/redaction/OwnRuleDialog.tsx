import { type FormEvent, type ReactNode, useState } from "react";
import type { RedactionLimits } from "@/api/types";
import { formatCount } from "@/format/count";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Field, TextField } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import { nameFault, patternFault, wordsFault, wordsOfText } from "./checks";
import type { OwnDictionary, OwnPattern } from "./draft";
import { findPattern, findWords } from "./sample/search";
import { Trial } from "./Trial";
import type { Refused } from "./use-policy";

interface Common {
  workspace: string;
  limits: RedactionLimits;
  /** Names of all other rules. */
  taken: ReadonlySet<string>;
  /** What the server said of this rule when it was saved. */
  refused: Refused | undefined;
  onClose: () => void;
}

/** Writes a pattern and tries it, before it becomes one of the unsaved changes. */
export function PatternDialog({
  pattern: given,
  onDone,
  ...common
}: Common & { pattern: OwnPattern | undefined; onDone: (pattern: OwnPattern) => void }) {
  const { limits } = common;
  const [pattern, setPattern] = useState(given?.pattern ?? "");
  const [ignoreCase, setIgnoreCase] = useState(given?.ignore_case ?? false);
  const [fingerprint, setFingerprint] = useState(given?.fingerprint ?? true);
  const rule = { pattern, ignore_case: ignoreCase, fingerprint };
  return (
    <OwnRule
      {...common}
      title={given ? "Change a pattern" : "Add a pattern"}
      name={given?.name}
      content={JSON.stringify(rule)}
      fault={patternFault(pattern, limits)}
      onDone={(name) => onDone({ name, ...rule })}
      find={(text) => findPattern(text, pattern, ignoreCase)}
      trial={(name) => ({ pattern: { name, ...rule } })}
    >
      {(error) => (
        <>
          <TextField
            label="Pattern"
            className="mono"
            rows={2}
            autoCapitalize="none"
            value={pattern}
            error={error}
            onChange={(event) => setPattern(event.target.value)}
            hint="A regular expression without look-around and back references. Its first group, if it has one, is what is replaced; ^ and $ are at every line."
          />
          <Switch on={ignoreCase} onChange={setIgnoreCase}>
            Upper and lower case are the same
          </Switch>
          <Switch on={fingerprint} onChange={setFingerprint}>
            Fingerprint in the placeholder
            <span className="table-note">
              Tells one value from another without telling it. Off for what can be guessed, such as numbers of
              few digits.
            </span>
          </Switch>
        </>
      )}
    </OwnRule>
  );
}

/** Writes a dictionary and tries it, before it becomes one of the unsaved changes. */
export function DictionaryDialog({
  dictionary: given,
  onDone,
  ...common
}: Common & { dictionary: OwnDictionary | undefined; onDone: (dictionary: OwnDictionary) => void }) {
  const { limits } = common;
  const [text, setText] = useState(given?.words.join("\n") ?? "");
  const words = wordsOfText(text);
  return (
    <OwnRule
      {...common}
      title={given ? "Change a dictionary" : "Add a dictionary"}
      name={given?.name}
      content={text}
      fault={wordsFault(words, limits)}
      onDone={(name) => onDone({ name, words })}
      find={(sample) => findWords(sample, words)}
      trial={(name) => ({ dictionary: { name, words } })}
      wordOf={(place) => words[place]}
    >
      {(error) => (
        <TextField
          label="Words"
          rows={6}
          autoCapitalize="none"
          value={text}
          error={error}
          onChange={(event) => setText(event.target.value)}
          hint={`One a line, ${formatCount(words.length)} so far; a word may hold spaces. Found as whole words, whatever their case.`}
        />
      )}
    </OwnRule>
  );
}

function OwnRule({
  workspace,
  limits,
  taken,
  refused,
  title,
  name: givenName = "",
  content,
  fault,
  onDone,
  onClose,
  find,
  trial,
  wordOf,
  children,
}: Common & {
  title: string;
  name: string | undefined;
  /** What is looked for, as one text: what is said of it holds until it changes. */
  content: string;
  fault: string | undefined;
  onDone: (name: string) => void;
  wordOf?: (place: number) => string | undefined;
  children: (error: string | undefined) => ReactNode;
} & Pick<Parameters<typeof Trial>[0], "find" | "trial">) {
  const [name, setName] = useState(givenName);
  // Nobody is told what is wrong before they are done.
  const [isDone, setIsDone] = useState(false);
  const [told, setTold] = useState<{ refused: Refused; of: string } | undefined>(
    refused && { refused, of: refused.at?.field === "name" ? givenName : content },
  );
  const nameError = nameFault(name, taken, limits);
  const toldOfName = told?.refused.at?.field === "name" && told.of === name ? told.refused : undefined;
  const toldOfContent =
    told && told.refused.at?.field !== "name" && told.of === content ? told.refused : undefined;
  const word = toldOfContent?.at?.word;
  const badWord = word === undefined ? undefined : wordOf?.(word);

  function submit(event: FormEvent) {
    event.preventDefault();
    setIsDone(true);
    if (nameError === undefined && fault === undefined) {
      onDone(name);
    }
  }

  return (
    <Dialog title={title} onClose={onClose} wide>
      <form className="form" onSubmit={submit} noValidate>
        <Field
          label="Type"
          className="mono"
          value={name}
          autoFocus={givenName === ""}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={toldOfName?.message ?? (isDone ? nameError : undefined)}
          onChange={(event) => setName(event.target.value)}
          hint={
            <>
              What stands in its placeholders: <code>[redacted:{name || "type"}]</code>
            </>
          }
        />
        {children(
          toldOfContent
            ? `${badWord === undefined ? "" : `“${badWord}”: `}${toldOfContent.message}`
            : isDone
              ? fault
              : undefined,
        )}
        <Trial
          workspace={workspace}
          content={content}
          isReady={fault === undefined}
          find={find}
          trial={trial}
          onRefused={(told) => setTold({ refused: told, of: content })}
        />
        <div className="form-actions">
          <Button look="primary" type="submit">
            {givenName === "" ? "Add" : "Change"}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <p className="quiet form-aside">It holds once the changes are saved.</p>
        </div>
      </form>
    </Dialog>
  );
}

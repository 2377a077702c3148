import { formatCount, plural } from "@/format/count";
import { Visible } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Button } from "@/ui/Button";
import { Table } from "@/ui/Table";
import type { OwnDictionary, OwnPattern } from "./draft";

const PATTERN_SHOWN = 200;
const WORDS_SHOWN = 3;

interface Common {
  totals: ReadonlyMap<string, number>;
  mayChange: boolean;
  onChange: (place: number) => void;
  onRemove: (place: number) => void;
}

export function PatternTable({
  patterns,
  saved,
  totals,
  mayChange,
  onChange,
  onRemove,
}: Common & { patterns: readonly OwnPattern[]; saved: readonly OwnPattern[] }) {
  if (patterns.length === 0) {
    return (
      <p className="redaction-none">None. A pattern finds what has a form: numbers of customers, say.</p>
    );
  }
  const heads = [
    { name: "Type" },
    { name: "Pattern" },
    { name: "Case", wide: true },
    { name: "Fingerprint", wide: true },
    { name: "In 30 days", wide: true },
  ];
  return (
    <Table caption="Own patterns" heads={mayChange ? [...heads, { name: "" }] : heads}>
      {patterns.map((pattern, place) => (
        <tr key={pattern.name}>
          <th scope="row" className="mono">
            {pattern.name}
            {isUnsaved(saved, pattern) && <Unsaved />}
          </th>
          <td className="own-pattern">
            {pattern.pattern === "" ? (
              <span className="quiet">not shown to you</span>
            ) : (
              <code>
                <Visible text={visibleLine(pattern.pattern, PATTERN_SHOWN)} />
              </code>
            )}
          </td>
          <td className="table-wide">{pattern.ignore_case ? "any" : "as written"}</td>
          <td className="table-wide">{pattern.fingerprint ? "yes" : "no"}</td>
          <td className="table-wide mono">{formatCount(totals.get(pattern.name) ?? 0)}</td>
          {mayChange && (
            <Actions name={pattern.name} onChange={() => onChange(place)} onRemove={() => onRemove(place)} />
          )}
        </tr>
      ))}
    </Table>
  );
}

export function DictionaryTable({
  dictionaries,
  shown,
  saved,
  totals,
  mayChange,
  onChange,
  onRemove,
}: Common & {
  dictionaries: readonly OwnDictionary[];
  /** As the server shows them: with the count alone for who may not see the words. */
  shown: readonly { name: string; word_count: number }[];
  saved: readonly OwnDictionary[];
}) {
  if (dictionaries.length === 0) {
    return (
      <p className="redaction-none">
        None. Names of customers, people and projects, and postal addresses are found by nothing else.
      </p>
    );
  }
  const heads = [{ name: "Type" }, { name: "Words" }, { name: "In 30 days", wide: true }];
  return (
    <Table caption="Own dictionaries" heads={mayChange ? [...heads, { name: "" }] : heads}>
      {dictionaries.map((dictionary, place) => {
        const { name, words } = dictionary;
        const count = mayChange ? words.length : (shown.find((each) => each.name === name)?.word_count ?? 0);
        return (
          <tr key={name}>
            <th scope="row" className="mono">
              {name}
              {isUnsaved(saved, dictionary) && <Unsaved />}
            </th>
            <td className="own-words">
              {plural(count, "word")}
              {words.length > 0 && (
                <span className="table-note">
                  <Visible text={words.slice(0, WORDS_SHOWN).join(", ")} />
                  {words.length > WORDS_SHOWN && ", …"}
                </span>
              )}
            </td>
            <td className="table-wide mono">{formatCount(totals.get(name) ?? 0)}</td>
            {mayChange && (
              <Actions name={name} onChange={() => onChange(place)} onRemove={() => onRemove(place)} />
            )}
          </tr>
        );
      })}
    </Table>
  );
}

function Actions({ name, onChange, onRemove }: { name: string; onChange: () => void; onRemove: () => void }) {
  return (
    <td className="table-action">
      <Button onClick={onChange} aria-label={`Change ${name}`}>
        Change
      </Button>
      <Button look="danger" onClick={onRemove} aria-label={`Remove ${name}`}>
        Remove
      </Button>
    </td>
  );
}

function Unsaved() {
  return <span className="table-note own-unsaved">not saved</span>;
}

function isUnsaved<Rule extends { name: string }>(saved: readonly Rule[], rule: Rule): boolean {
  return !saved.some((each) => JSON.stringify(each) === JSON.stringify(rule));
}

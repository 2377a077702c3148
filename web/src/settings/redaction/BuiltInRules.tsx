import { useId, useState } from "react";
import type { RedactionFamily, RedactionRule } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { Field } from "@/ui/Field";
import { Switch } from "@/ui/Switch";
import { FAMILIES, rulesFound } from "./words";

/** More rules than this stand folded: they are looked for by name. */
const OPEN_TO = 12;

/** Rules by family, each with a switch and what it replaced in the last thirty days. */
export function BuiltInRules({
  rules,
  off,
  totals,
  isKnown,
  disabled,
  onSwitch,
}: {
  rules: readonly RedactionRule[];
  off: readonly string[];
  totals: ReadonlyMap<string, number>;
  /** Whether it is known what they replaced. */
  isKnown: boolean;
  disabled: boolean;
  onSwitch: (names: readonly string[], on: boolean) => void;
}) {
  const [sought, setSought] = useState("");
  const found = rulesFound(rules, sought.trim());
  return (
    <>
      <div className="rules-sought">
        <Field
          label="Find a rule"
          type="search"
          autoComplete="off"
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        <p role="status" className="quiet">
          {sought.trim() !== "" && `${plural(found.length, "rule")} of ${formatCount(rules.length)}`}
        </p>
      </div>
      {FAMILIES.map(({ family, name, what }) => {
        const shown = found.filter((rule) => rule.family === family);
        return (
          shown.length > 0 && (
            <Family
              key={family}
              family={family}
              name={name}
              what={what}
              all={rules.filter((rule) => rule.family === family)}
              shown={shown}
              isSought={sought.trim() !== ""}
              off={off}
              totals={totals}
              isKnown={isKnown}
              disabled={disabled}
              onSwitch={onSwitch}
            />
          )
        );
      })}
    </>
  );
}

function Family({
  family,
  name,
  what,
  all,
  shown,
  isSought,
  off,
  totals,
  isKnown,
  disabled,
  onSwitch,
}: {
  family: RedactionFamily;
  name: string;
  what: string;
  all: readonly RedactionRule[];
  shown: readonly RedactionRule[];
  isSought: boolean;
  off: readonly string[];
  totals: ReadonlyMap<string, number>;
  isKnown: boolean;
  disabled: boolean;
  onSwitch: (names: readonly string[], on: boolean) => void;
}) {
  const [opened, setOpened] = useState(all.length <= OPEN_TO);
  const id = useId();
  const open = opened || isSought;
  const offHere = all.filter((rule) => off.includes(rule.name));
  const replaced = all.reduce((sum, rule) => sum + (totals.get(rule.name) ?? 0), 0);
  return (
    <section className="rule-family" aria-labelledby={`${id}name`}>
      <header className="rule-family-head">
        <Switch
          on={offHere.length === 0}
          some={offHere.length > 0 && offHere.length < all.length}
          disabled={disabled}
          label={`All of: ${name}`}
          onChange={(on) =>
            onSwitch(
              all.map((rule) => rule.name),
              on,
            )
          }
        />
        <h4 id={`${id}name`}>{name}</h4>
        <p className="rule-family-facts">
          {offHere.length === 0
            ? `all ${formatCount(all.length)} on`
            : `${formatCount(all.length - offHere.length)} of ${formatCount(all.length)} on`}
          {isKnown && `, ${formatCount(replaced)} replaced in 30 days`}
        </p>
        {!isSought && (
          <button
            type="button"
            className="rule-family-fold"
            aria-expanded={open}
            aria-controls={open ? `${id}rules` : undefined}
            aria-label={`${open ? "Fold" : "Show"} the rules: ${name}`}
            onClick={() => setOpened(!opened)}
          >
            {open ? "Fold" : "Show"}
          </button>
        )}
      </header>
      <p className="rule-family-what">{what}</p>
      {!open && offHere.length > 0 && (
        <p className="rule-family-off">Off: {offHere.map((rule) => rule.title).join(", ")}</p>
      )}
      {open && (
        <ul id={`${id}rules`} className={`rule-list rule-list-${family}`}>
          {shown.map((rule) => (
            <li key={rule.name} className="rule">
              <Switch
                on={!off.includes(rule.name)}
                disabled={disabled}
                onChange={(on) => onSwitch([rule.name], on)}
              >
                {rule.title} <code className="rule-name">{rule.name}</code>
              </Switch>
              <RuleCount total={totals.get(rule.name)} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function RuleCount({ total }: { total: number | undefined }) {
  return total === undefined ? null : (
    <span className="rule-count" title="Replaced in the last 30 days">
      <span className="visually-hidden">replaced in 30 days: </span>
      {formatCount(total)}
    </span>
  );
}

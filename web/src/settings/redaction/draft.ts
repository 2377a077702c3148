/** A policy while it is being changed: nothing of it holds before it is saved. */
import type { NewRedactionPolicy, RedactionSettings } from "@/api/types";
import { plural } from "@/format/count";

export interface OwnPattern {
  name: string;
  pattern: string;
  ignore_case: boolean;
  fingerprint: boolean;
}

export interface OwnDictionary {
  name: string;
  words: readonly string[];
}

export interface Policy {
  off: readonly string[];
  patterns: readonly OwnPattern[];
  dictionaries: readonly OwnDictionary[];
  pseudonyms: boolean;
}

/** The policy in force. Rules that this release no longer has cannot be off: it would not take them back. */
export function policyOf({ policy, rules }: Pick<RedactionSettings, "policy" | "rules">): Policy {
  const known = new Set(rules.map((rule) => rule.name));
  return {
    off: policy.off.filter((name) => known.has(name)).toSorted(),
    patterns: policy.patterns.map(({ name, pattern, ignore_case, fingerprint }) => ({
      name,
      pattern: pattern ?? "",
      ignore_case,
      fingerprint,
    })),
    dictionaries: policy.dictionaries.map(({ name, words }) => ({ name, words: words ?? [] })),
    pseudonyms: policy.pseudonyms,
  };
}

export function bodyOf({ off, patterns, dictionaries, pseudonyms }: Policy): NewRedactionPolicy {
  return {
    off: [...off],
    patterns: [...patterns],
    dictionaries: dictionaries.map(({ name, words }) => ({ name, words: [...words] })),
    pseudonyms,
  };
}

export function withRules(policy: Policy, names: readonly string[], on: boolean): Policy {
  const off = policy.off.filter((name) => !names.includes(name));
  return { ...policy, off: on ? off : [...off, ...names].toSorted() };
}

type Lists = Pick<Policy, "patterns" | "dictionaries">;

/** The same list with one more, another in its place, or one less. */
export function withOwn<Kind extends keyof Lists>(
  policy: Policy,
  kind: Kind,
  place: number | undefined,
  rule: Lists[Kind][number] | undefined,
): Policy {
  const list: readonly Lists[Kind][number][] = policy[kind];
  const added = rule === undefined ? [] : [rule];
  return {
    ...policy,
    [kind]: place === undefined ? [...list, ...added] : list.toSpliced(place, 1, ...added),
  };
}

/** What saving would change, in words; empty when it would change nothing. */
export function changesOf(saved: Policy, draft: Policy): string[] {
  const offNow = draft.off.filter((name) => !saved.off.includes(name)).length;
  const onNow = saved.off.filter((name) => !draft.off.includes(name)).length;
  return [
    offNow > 0 && `${plural(offNow, "rule")} off`,
    onNow > 0 && `${plural(onNow, "rule")} on`,
    ...listChanges(saved.patterns, draft.patterns, "pattern", "patterns"),
    ...listChanges(saved.dictionaries, draft.dictionaries, "dictionary", "dictionaries"),
    saved.pseudonyms !== draft.pseudonyms && `pseudonyms ${draft.pseudonyms ? "on" : "off"}`,
  ].filter((words) => words !== false);
}

function listChanges<Rule extends { name: string }>(
  saved: readonly Rule[],
  draft: readonly Rule[],
  one: string,
  many: string,
): (string | false)[] {
  const { added, changed, removed } = difference(saved, draft);
  return (
    [
      [added.length, "added"],
      [changed.length, "changed"],
      [removed.length, "removed"],
    ] as const
  ).map(([count, done]) => count > 0 && `${plural(count, one, many)} ${done}`);
}

/** Rules are known by their names: another name is another rule. */
function difference<Rule extends { name: string }>(before: readonly Rule[], after: readonly Rule[]) {
  const old = new Map(before.map((rule) => [rule.name, rule]));
  const fresh = new Map(after.map((rule) => [rule.name, rule]));
  return {
    added: after.filter(({ name }) => !old.has(name)),
    changed: after.filter((rule) => {
      const was = old.get(rule.name);
      return was !== undefined && !isEqual(was, rule);
    }),
    removed: before.filter(({ name }) => !fresh.has(name)),
  };
}

/**
 * What was changed in `draft` since `saved`, done to what someone else saved meanwhile. Where both changed the same
 * rule, the draft's stands: whoever saves it was told.
 */
export function rebased(saved: Policy, draft: Policy, theirs: Policy): Policy {
  const turnedOff = draft.off.filter((name) => !saved.off.includes(name));
  const turnedOn = saved.off.filter((name) => !draft.off.includes(name));
  return {
    off: withRules(withRules(theirs, turnedOff, false), turnedOn, true).off,
    patterns: rebasedList(saved.patterns, draft.patterns, theirs.patterns),
    dictionaries: rebasedList(saved.dictionaries, draft.dictionaries, theirs.dictionaries),
    pseudonyms: saved.pseudonyms === draft.pseudonyms ? theirs.pseudonyms : draft.pseudonyms,
  };
}

function rebasedList<Rule extends { name: string }>(
  saved: readonly Rule[],
  draft: readonly Rule[],
  theirs: readonly Rule[],
): Rule[] {
  const { added, changed, removed } = difference(saved, draft);
  const mine = new Map([...added, ...changed].map((rule) => [rule.name, rule]));
  const kept = theirs
    .filter(({ name }) => !removed.some((rule) => rule.name === name))
    .map((rule) => mine.get(rule.name) ?? rule);
  const names = new Set(kept.map(({ name }) => name));
  return [...kept, ...[...mine.values()].filter(({ name }) => !names.has(name))];
}

/** Both are plain data with their members in one order. */
function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The rules in a reader's words. */
import type { RedactionFamily, RedactionRule, RedactionSettings } from "@/api/types";

export const FAMILIES: readonly { family: RedactionFamily; name: string; what: string }[] = [
  { family: "vendor", name: "Keys and tokens", what: "Known by their form, which their issuer gave them." },
  { family: "block", name: "Key blocks", what: "Private keys and secrets in a structure of their own." },
  {
    family: "context",
    name: "Credentials in context",
    what: "Known by what stands around them: headers, addresses, names such as “password”.",
  },
  {
    family: "identifier",
    name: "Identifiers of people",
    what: "Known by their form. Their placeholders carry no fingerprint: it could be guessed.",
  },
  { family: "place", name: "Whole values", what: "Replaced for where they stand, whatever they are." },
];

/** What each type of placeholder stands for. */
export function titlesOf({
  rules,
  policy,
}: Pick<RedactionSettings, "rules" | "policy">): Map<string, string> {
  return new Map([
    ...policy.patterns.map(({ name }) => [name, "Own pattern"] as const),
    ...policy.dictionaries.map(({ name }) => [name, "Own dictionary"] as const),
    ...rules.map(({ name, title }) => [name, title] as const),
  ]);
}

/** The rules whose name or title has every word that is looked for. */
export function rulesFound(rules: readonly RedactionRule[], sought: string): RedactionRule[] {
  const words = sought.toLowerCase().split(/\s+/);
  return rules.filter(({ name, title }) => {
    const text = `${name} ${title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** `2.3`: the version of the built-in rules, and how often the policy was changed since. */
export const versionWords = (version: number) => `${Math.floor(version / 65_536)}.${version % 65_536}`;

/** The command that looks through what is stored once more. */
export function rescanCommand(workspace: string): string {
  const named = workspace === "default" ? "" : ` --workspace ${shellWord(workspace)}`;
  return `argus redact rescan --data DIR${named}`;
}

const shellWord = (text: string) =>
  /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

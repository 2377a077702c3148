import { expect, it } from "vitest";
import { rescanCommand, rulesFound, titlesOf, versionWords } from "./words";

const rules = [
  { name: "aws-key", family: "vendor" as const, title: "AWS keys" },
  { name: "slack-token", family: "vendor" as const, title: "Slack tokens" },
];

it("finds rules by name and title", () => {
  const names = (sought: string) => rulesFound(rules, sought).map(({ name }) => name);
  expect(names("KEY aws")).toEqual(["aws-key"]);
  expect(names("tokens")).toEqual(["slack-token"]);
  expect(names("")).toEqual(["aws-key", "slack-token"]);
  expect(names("nothing")).toEqual([]);
});

it("has a title for every type", () => {
  const policy = {
    off: [],
    patterns: [{ name: "order", pattern: null, ignore_case: false, fingerprint: false }],
    dictionaries: [{ name: "clients", words: null, word_count: 2 }],
    pseudonyms: false,
  };
  expect([...titlesOf({ rules, policy })]).toEqual([
    ["order", "Own pattern"],
    ["clients", "Own dictionary"],
    ["aws-key", "AWS keys"],
    ["slack-token", "Slack tokens"],
  ]);
});

it("says versions and the command", () => {
  expect(versionWords(2 * 65_536 + 3)).toBe("2.3");
  expect(rescanCommand("default")).toBe("argus redact rescan --data DIR");
  expect(rescanCommand("it's")).toBe(String.raw`argus redact rescan --data DIR --workspace 'it'\''s'`);
});

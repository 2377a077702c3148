import { describe, expect, it } from "vitest";
import { changesOf, type Policy, policyOf, rebased, withOwn, withRules } from "./draft";

const pattern = (name: string, text = name) => ({
  name,
  pattern: text,
  ignore_case: false,
  fingerprint: true,
});
const none: Policy = { off: [], patterns: [], dictionaries: [], pseudonyms: false };

describe("a draft", () => {
  it("says what it changes, and nothing when all is as it was", () => {
    let draft = withRules(none, ["phone", "email"], false);
    draft = withOwn(draft, "patterns", undefined, pattern("order"));
    draft = withOwn(draft, "dictionaries", undefined, { name: "clients", words: ["Acme"] });
    expect(changesOf(none, draft)).toEqual(["2 rules off", "1 pattern added", "1 dictionary added"]);
    draft = withRules(draft, ["email", "phone"], true);
    draft = withOwn(withOwn(draft, "patterns", 0, undefined), "dictionaries", 0, undefined);
    expect(changesOf(none, draft)).toEqual([]);
    expect(changesOf({ ...none, off: ["jwt"] }, { ...none, pseudonyms: true })).toEqual([
      "1 rule on",
      "pseudonyms on",
    ]);
  });

  it("takes a rule of another name for another rule", () => {
    const saved = { ...none, patterns: [pattern("a"), pattern("b")] };
    expect(changesOf(saved, withOwn(saved, "patterns", 1, pattern("c")))).toEqual([
      "1 pattern added",
      "1 pattern removed",
    ]);
    expect(changesOf(saved, withOwn(saved, "patterns", 1, pattern("b", "x")))).toEqual(["1 pattern changed"]);
  });

  it("leaves out what this release does not know", () => {
    const policy = { off: ["phone", "gone"], patterns: [], dictionaries: [], pseudonyms: false };
    const rules = [{ name: "phone", family: "identifier" as const, title: "Telephone numbers" }];
    expect(policyOf({ policy, rules }).off).toEqual(["phone"]);
  });
});

describe("rebased", () => {
  it("keeps what both changed", () => {
    const saved: Policy = { ...none, off: ["email"], patterns: [pattern("a"), pattern("b"), pattern("c")] };
    const mine: Policy = {
      ...saved,
      off: ["jwt"],
      patterns: [pattern("a", "mine"), pattern("c"), pattern("d")],
    };
    const theirs: Policy = {
      ...saved,
      off: ["email", "phone"],
      patterns: [pattern("e"), pattern("a"), pattern("b"), pattern("c", "theirs")],
      pseudonyms: true,
    };
    expect(rebased(saved, mine, theirs)).toEqual({
      off: ["jwt", "phone"],
      patterns: [pattern("e"), pattern("a", "mine"), pattern("c", "theirs"), pattern("d")],
      dictionaries: [],
      pseudonyms: true,
    });
  });

  it("brings back what they removed and the draft changed", () => {
    const saved = { ...none, patterns: [pattern("a")] };
    const mine = { ...none, patterns: [pattern("a", "mine")] };
    expect(rebased(saved, mine, none).patterns).toEqual([pattern("a", "mine")]);
    expect(rebased(saved, saved, none)).toEqual(none);
  });
});

import { describe, expect, it } from "vitest";
import { Unreadable } from "./parse";
import { findPattern, findWords } from "./search";

const hits = (pattern: string, text: string, ignoreCase = false) =>
  findPattern(text, pattern, ignoreCase).map(([start, end]) => text.slice(start, end));

describe("findPattern", () => {
  it("finds what the server's engine finds", () => {
    expect(hits("CUST-[0-9]{4,6}", "CUST-12, CUST-1234567, cust-1234")).toEqual(["CUST-123456"]);
    expect(hits("cust-\\d+", "CUST-12 and Cust-7", true)).toEqual(["CUST-12", "Cust-7"]);
    expect(hits("(?i)ab(?-i)C", "ABC abC abc")).toEqual(["ABC", "abC"]);
    expect(hits("a|ab", "ab")).toEqual(["a"]);
    expect(hits("a+?b|b", "aab b")).toEqual(["aab", "b"]);
    expect(hits("^x.*$", "x1\nyx2\nx3")).toEqual(["x1", "x3"]);
    expect(hits("\\Ax|y\\z", "x\nx y\ny")).toEqual(["x", "y"]);
    expect(hits("\\bid\\b", "id ids (id)")).toEqual(["id", "id"]);
  });

  it("takes the first group alone where there is one", () => {
    expect(hits("order (?P<number>[A-Z]-(\\d+))", "order A-17, order B-2")).toEqual(["A-17", "B-2"]);
    expect(hits("a(b)?", "ab a")).toEqual(["b", "a"]);
  });

  it("counts characters as the server does", () => {
    const text = "𝒳ä🎉x";
    expect(findPattern(text, "[^a-z]{2}x?", false)).toEqual([[0, 3]]);
    expect(hits("\\p{Greek}+|\\x{e4}|\\u{1F389}", "äαβγ🎉")).toEqual(["ä", "αβγ", "🎉"]);
  });

  it("reads sets", () => {
    expect(hits("[]a-]+", "]-a b")).toEqual(["]-a"]);
    expect(hits("[^\\s\\d[:punct:]]+", "ab1 c!d")).toEqual(["ab", "c", "d"]);
    expect(hits("[a-c[x-z]\\-]+", "axd-z")).toEqual(["ax", "-z"]);
  });

  it("ends, whatever the pattern", () => {
    expect(hits("(a+)+$", `${"a".repeat(3_000)}!`)).toEqual([]);
    expect(hits("(a|a)*b", "a".repeat(500))).toEqual([]);
    expect(() => hits("(?:x{1000}){1000}", "x")).toThrow(Unreadable);
  });

  it("says what it cannot read", () => {
    for (const pattern of [
      "(a",
      "a)",
      "[a",
      "*a",
      "(?=a)",
      "(a)\\1",
      "a{5,2}",
      "\\q",
      "[z-a]",
      "(?x) a",
      "[a&&b]",
    ]) {
      expect(() => hits(pattern, "a"), pattern).toThrow(Unreadable);
    }
  });
});

describe("findWords", () => {
  const words = (text: string, ...sought: string[]) =>
    findWords(text, sought).map(([start, end]) => text.slice(start, end));

  it("finds whole words, whatever their case, the longest first", () => {
    expect(words("ACME Corp and acme; Acmeville", "acme", "Acme Corp")).toEqual(["ACME Corp", "acme"]);
    expect(words("Zoë’s, zoë1, Zoë", "Zoë")).toEqual(["Zoë", "Zoë"]);
    expect(words("anything", "")).toEqual([]);
  });
});

import { describe, expect, it } from "vitest";
import { findAlike, placeOfScalar, scalarsBefore } from "./places";

const cut = (text: string, needle: string, before = "") => {
  const range = findAlike(needle, before, text);
  return range && text.slice(range.start, range.end);
};

describe("findAlike", () => {
  it("finds a piece as it is", () => {
    expect(cut("the churn of Q2", "churn")).toBe("churn");
    expect(cut("a == b", "==")).toBe("==");
  });

  it("takes the one with as many before it", () => {
    const text = "one two one two one";
    expect(findAlike("one", "one two ", text)).toEqual({ start: 8, end: 11 });
    expect(findAlike("one", "one two one two ", text)).toEqual({ start: 16, end: 19 });
  });

  it("overlooks Markdown's marks and how lines break", () => {
    expect(cut("It is **not** in `lib.rs`", "is not in lib.rs")).toBe("is **not** in `lib.rs");
    expect(cut("1. first\n2. second", "first second")).toBe("first\n2. second");
    expect(cut("a\r\n\r\nb c", "a\nb")).toBe("a\r\n\r\nb");
  });

  it("finds a captured piece on the page, the other way round", () => {
    expect(cut("It is not in lib.rs", "is **not** in")).toBe("is not in");
  });

  it("says when it is not there", () => {
    expect(findAlike("churn", "", "growth")).toBeUndefined();
    expect(findAlike("  ", "", "growth")).toBeUndefined();
    expect(findAlike("✂︎", "", "growth")).toBeUndefined();
  });

  it("does not cut characters of two units", () => {
    expect(cut("a😀b", "😀")).toBe("😀");
  });
});

describe("places in scalar values", () => {
  it("counts a character of two units once", () => {
    const text = "a😀b漢";
    expect(scalarsBefore(text, 3)).toBe(2);
    expect(placeOfScalar(text, 2)).toBe(3);
    expect(placeOfScalar(text, 99)).toBe(5);
  });

  it("goes there and back from every place", () => {
    const text = "x😀y\u{10ffff}é́z";
    for (let scalars = 0; scalars <= Array.from(text).length; scalars++) {
      expect(scalarsBefore(text, placeOfScalar(text, scalars))).toBe(scalars);
    }
  });
});

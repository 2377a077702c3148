import { describe, expect, it } from "vitest";
import type { FoundHit } from "@/api/types";
import { asTyped, expressionOf, hitFrom, hitsOffset, markedPieces, nextHit, termsOf } from "./found";

const hit = (text: string, ...marks: [number, number][]) =>
  ({ snippet: { text, marks } }) as unknown as FoundHit;

describe("hits", () => {
  it("begin with the first at or after what is read", () => {
    expect([0, 3, 4, 9, 10].map((step) => hitFrom([3, 7, 9], step))).toEqual([0, 0, 1, 2, 0]);
    expect(hitFrom([], 5)).toBe(0);
  });

  it("go round", () => {
    expect([nextHit(3, 2, 1), nextHit(3, 0, -1), nextHit(3, 0, 1), nextHit(0, 0, 1)]).toEqual([0, 2, 1, 0]);
    expect([0, 49, 50, 120].map(hitsOffset)).toEqual([0, 0, 50, 100]);
  });
});

describe("what was found", () => {
  it("is known by the words as they stand, counted in characters", () => {
    expect(termsOf([hit("a 😀 churn of Churn", [4, 9], [13, 18]), hit("x (y)", [2, 5])])).toEqual([
      "Churn",
      "(y)",
    ]);
    expect(termsOf([hit("abc", [5, 9], [1, 1])])).toEqual([]);
  });

  it("is looked for as text, never as an expression", () => {
    const expression = expressionOf(["a.c", "(", "churns", "churn"]);
    expect("abc A.C ( churns 解約".match(expression as RegExp)).toEqual(["A.C", "(", "churns"]);
    expect(expressionOf([])).toBeUndefined();
    expect("(a+)+$ [x] \\".match(expressionOf(["(a+)+$", "[x]", "\\"]) as RegExp)).toHaveLength(3);
  });

  it("stands in its text", () => {
    expect(
      markedPieces("😀ab cd", [
        [1, 3],
        [4, 9],
      ]),
    ).toEqual([
      { text: "😀", isFound: false },
      { text: "ab", isFound: true },
      { text: " ", isFound: false },
      { text: "cd", isFound: true },
    ]);
    expect(
      markedPieces("ab", [
        [2, 1],
        [7, 9],
      ]),
    ).toEqual([{ text: "ab", isFound: false }]);
  });
});

it("takes the last word that is typed as the beginning of one", () => {
  expect(["Deci", "the invo", "Größ"].map(asTyped)).toEqual(["Deci*", "the invo*", "Größ*"]);
  for (const as of ["x", "a OR", '"the invo', "deci*", "-draft", "output:err", "流失", ""]) {
    expect(asTyped(as)).toBe(as);
  }
});

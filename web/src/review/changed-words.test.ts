import { describe, expect, it } from "vitest";
import { changedWords } from "./changed-words";

const side = (edits: ReturnType<typeof changedWords>, leave: "added" | "removed") =>
  edits
    .filter(({ kind }) => kind !== leave)
    .map(({ text }) => text)
    .join("");

describe("changedWords", () => {
  it("tells what came and went, and loses nothing", () => {
    for (const [before, after] of [
      ["Churn was 4 %.", "Churn was 6 %, not 4 %."],
      ["", "all new\nin two lines"],
      ["営業の数字は正しい", "営業の数字は誤り"],
      ["a😀b", "a😀😀b"],
      ["same", "same"],
    ] as const) {
      const edits = changedWords(before, after);
      expect(side(edits, "added")).toBe(before);
      expect(side(edits, "removed")).toBe(after);
    }
  });

  it("keeps the words that stayed", () => {
    expect(changedWords("one two three", "one 2 three").map(({ kind, text }) => [kind, text])).toEqual([
      ["same", "one "],
      ["removed", "two"],
      ["added", "2"],
      ["same", " three"],
    ]);
    expect(changedWords("営業の数字", "営業の計数").some(({ kind }) => kind === "same")).toBe(true);
  });
});

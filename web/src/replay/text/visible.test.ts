import { describe, expect, it } from "vitest";
import { visibleLine, visibleParts } from "./visible";

const shown = (text: string) =>
  visibleParts(text)
    .map((part) => part.text)
    .join("");

describe("visibleParts", () => {
  it("leaves plain text alone", () => {
    expect(visibleParts("naïve 東京 שלום\n\ttab")).toEqual([
      { kind: "text", text: "naïve 東京 שלום\n\ttab" },
    ]);
    expect(visibleParts("")).toEqual([]);
  });

  it.each([
    ["invoice\u202efdp.exe", "invoice⟨U+202E⟩fdp.exe"],
    ["user\u200dname", "user⟨U+200D⟩name"],
    ["a\0b", "a⟨NUL⟩b"],
    ["del\u007fete", "del⟨DEL⟩ete"],
    ["\u0090q~\u009c", "⟨U+0090⟩q~⟨U+009C⟩"],
    ["\ud800x", "⟨U+D800⟩x"],
    ["a\u200b\u200b\u200bb", "a⟨U+200B×3⟩b"],
    ["ok\u{e0001}\u{e0065}\u{e006e}", "ok⟨tags: ·en⟩"],
    ["x\ufe0fy", "x⟨U+FE0F⟩y"],
    ["one\r\ntwo", "one\ntwo"],
    ["1 failed\r0 failed", "1 failed⟨CR⟩0 failed"],
  ])("shows %j", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it("keeps emoji whole", () => {
    for (const emoji of ["👩‍👩‍👧", "🏳️‍🌈", "❤️", "👍🏽", "1️⃣"]) {
      expect(visibleParts(emoji)).toEqual([{ kind: "text", text: emoji }]);
    }
  });

  it("says what a mark stands for", () => {
    expect(visibleParts("\u202e")[0]?.title).toContain("right-to-left override");
  });

  it("bounds combining marks", () => {
    const parts = visibleParts(`Z${"\u0301".repeat(300)}!`);
    expect(parts.map((part) => part.text)).toEqual([`Z${"\u0301".repeat(8)}`, "⟨+292 combining⟩", "!"]);
  });
});

describe("visibleLine", () => {
  it("is one line and bounded", () => {
    expect(visibleLine("a\n\tb\u202e")).toBe("a b⟨U+202E⟩");
    expect(visibleLine("1 failed\r0 failed\u2028")).toBe("1 failed⟨CR⟩0 failed⟨U+2028⟩");
    expect(visibleLine("x".repeat(1000), 10)).toBe(`${"x".repeat(10)}…`);
  });
});

import { describe, expect, it } from "vitest";
import { editScript } from "./edit-script";
import { countChanges, hunksBetween, hunksOfNewFile, hunksOfPatch, splitRows } from "./patch";
import { wordMarks } from "./words";

const spelt = (hunks: ReturnType<typeof hunksBetween>) =>
  hunks.flatMap((hunk) =>
    hunk.lines.map(
      (line) =>
        `${line.oldLine ?? ""}:${line.newLine ?? ""}${{ same: " ", added: "+", removed: "-" }[line.kind]}${line.text}`,
    ),
  );

describe("editScript", () => {
  const replay = (edits: ReturnType<typeof editScript>, left: "added" | "removed") =>
    edits.filter((edit) => edit.kind !== left).map((edit) => edit.text);

  it("leads from one list to the other", () => {
    for (const [before, after] of [
      ["abcabba", "cbabac"],
      ["", "abc"],
      ["abc", ""],
      ["abc", "abc"],
      ["abc", "xyz"],
      ["xaxbxc", "abc"],
      ["abc", "xaxbxcx"],
    ] as const) {
      const edits = editScript([...before], [...after]);
      expect(replay(edits, "added").join("")).toBe(before);
      expect(replay(edits, "removed").join("")).toBe(after);
    }
  });

  it("finds the shortest", () => {
    const edits = editScript([..."abcabba"], [..."cbabac"]);
    expect(edits.filter((edit) => edit.kind !== "same")).toHaveLength(5);
  });

  it("gives up on texts that differ everywhere", () => {
    const start = performance.now();
    const edits = editScript(
      Array.from({ length: 20_000 }, (_, line) => `a${line}`),
      Array.from({ length: 20_000 }, (_, line) => `b${line}`),
    );
    expect(edits).toHaveLength(40_000);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe("hunks", () => {
  it("reads the client's patch", () => {
    const hunks = hunksOfPatch([
      {
        oldStart: 4,
        oldLines: 2,
        newStart: 4,
        newLines: 2,
        lines: [" a", "-total = 1", "+total = 2", "\\ No newline at end of file"],
      },
    ]);
    expect(spelt(hunks ?? [])).toEqual(["4:4 a", "5:-total = 1", ":5+total = 2"]);
    expect(hunks?.[0]?.lines[1]?.marks).toEqual([[8, 9]]);
    expect(countChanges(hunks ?? [])).toEqual({ added: 1, removed: 1 });
  });

  it("refuses what is no patch", () => {
    expect(hunksOfPatch("x")).toBeUndefined();
    expect(hunksOfPatch([{ lines: "x" }])).toBeUndefined();
    expect(hunksOfPatch([])).toEqual([]);
  });

  it("numbers lines only where the place in the file is known", () => {
    expect(spelt(hunksBetween("a\nb\n", "a\nc\n"))).toEqual([": a", ":-b", ":+c"]);
    expect(spelt(hunksBetween("a\nb\n", "a\nc\n", 10))).toEqual(["10:10 a", "11:-b", ":11+c"]);
  });

  it("leaves out what is far from a change", () => {
    const lines = Array.from({ length: 40 }, (_, line) => `line ${line}`);
    const changed = lines.with(2, "two").with(30, "thirty");
    const hunks = hunksBetween(lines.join("\n"), changed.join("\n"), 1);
    expect(hunks.map((hunk) => hunk.at)).toEqual([
      { old: 1, new: 1 },
      { old: 28, new: 28 },
    ]);
  });

  it("takes a new file for added lines", () => {
    expect(spelt(hunksOfNewFile("a\nb\n"))).toEqual([":1+a", ":2+b"]);
    expect(hunksOfNewFile("")).toEqual([]);
  });
});

describe("wordMarks", () => {
  it("marks what differs", () => {
    expect(wordMarks("sum(x)", "total(x)")).toEqual([[[0, 3]], [[0, 5]]]);
  });

  it("marks nothing in lines that have little in common", () => {
    expect(wordMarks("import json", "def total(lines):")).toEqual([[], []]);
  });
});

describe("splitRows", () => {
  const rows = (before: string[], after: string[]) =>
    splitRows(hunksBetween(before.join("\n"), after.join("\n"), 1).flatMap((hunk) => hunk.lines)).map(
      ([left, right]) => `${left?.text ?? ""}|${right?.text ?? ""}`,
    );

  it("sets what went beside what came", () => {
    expect(rows(["a", "b", "c"], ["a", "B", "c"])).toEqual(["a|a", "b|B", "c|c"]);
    expect(rows(["a", "b"], ["a", "x", "y", "b"])).toEqual(["a|a", "|x", "|y", "b|b"]);
    expect(rows(["a", "b", "c", "d"], ["a", "X", "d"])).toEqual(["a|a", "b|X", "c|", "d|d"]);
    expect(splitRows([])).toEqual([]);
  });
});

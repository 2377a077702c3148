import { describe, expect, it } from "vitest";
import type { Json } from "@/api/types";
import { tableOf } from "./table";
import { treeLines } from "./tree";

const all = { isOpen: () => true, membersShown: () => 50 };

describe("treeLines", () => {
  it("lists members in order, opened ones with what is in them", () => {
    const lines = treeLines({ a: 1, b: { c: [true, null] }, "d/e": "x" }, all);
    expect(lines.map((line) => line.path)).toEqual(["", "/a", "/b", "/b/c", "/b/c/0", "/b/c/1", "/d~1e"]);
    expect(lines.map((line) => line.depth)).toEqual([0, 1, 1, 2, 3, 3, 1]);
  });

  it("keeps what is closed out", () => {
    const lines = treeLines({ a: { b: 1 } }, { ...all, isOpen: (_, depth) => depth === 0 });
    expect(lines.map((line) => line.path)).toEqual(["", "/a"]);
    expect(lines[1]).toMatchObject({ size: 1, open: false });
  });

  it("shows the first members of long lists and says how many are left", () => {
    const lines = treeLines(
      Array.from({ length: 1000 }, (_, index) => index),
      { ...all, membersShown: () => 3 },
    );
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toMatchObject({ more: 997, depth: 1 });
  });

  it("takes names that objects inherit for names", () => {
    const lines = treeLines(JSON.parse('{"__proto__":1,"constructor":2,"toString":3}') as Json, all);
    expect(lines.slice(1).map((line) => [line.name, line.value])).toEqual([
      ["__proto__", 1],
      ["constructor", 2],
      ["toString", 3],
    ]);
  });

  it("does not overflow on deep values", () => {
    let deep: Json = 1;
    for (let depth = 0; depth < 20_000; depth++) {
      deep = depth % 2 ? [deep] : { level: deep };
    }
    expect(treeLines(deep, all)).toHaveLength(20_001);
  });
});

describe("tableOf", () => {
  it("takes flat objects", () => {
    expect(
      tableOf([
        { id: 1, name: "a" },
        { id: 2, paid: true },
      ]),
    ).toEqual({
      columns: ["id", "name", "paid"],
      rows: [
        ["1", "a", undefined],
        ["2", undefined, "true"],
      ],
      numeric: [true, false, false],
    });
  });

  it("refuses everything else", () => {
    for (const value of [[], [{ a: 1 }], [1, 2], [{ a: { b: 1 } }, { a: 1 }], { a: 1 }, "x", null]) {
      expect(tableOf(value as Json)).toBeUndefined();
    }
  });
});

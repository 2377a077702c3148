import { describe, expect, it } from "vitest";
import type { ChangedFile } from "@/api/types";
import { fileTree, linesOf, partsOf, treeRows } from "./file-tree";

const file = (path: string, added = 1, removed = 0): ChangedFile => ({
  path,
  change: "changed",
  lines: { added, removed },
  is_exact: true,
  was_changed_outside: false,
  edits: [],
});
const shown = (files: ChangedFile[], cwd: string | null = "/home/dev/project") =>
  treeRows(fileTree(files, cwd), () => true).map(({ node, depth }) => `${" ".repeat(depth)}${node.name}`);

describe("the tree of changed files", () => {
  it("has folders first, and is told from the session's own folder", () => {
    const files = [
      "/home/dev/project/README.md",
      "/home/dev/project/src/b/y.ts",
      "/home/dev/project/src/a.ts",
      "/home/dev/.claude/plans/plan.md",
    ].map((path) => file(path));
    expect(shown(files)).toEqual([
      "/home/dev/.claude/plans",
      " plan.md",
      "src",
      " b",
      "  y.ts",
      " a.ts",
      "README.md",
    ]);
  });

  it("sums what its files changed, and says of how many it is not known", () => {
    const files = [file("/p/a", 3, 1), file("/p/b/c", 2, 2), { ...file("/p/b/d"), lines: null }];
    const tree = fileTree(files, null);
    expect(linesOf(tree)).toEqual({ added: 5, removed: 3, unknown: 1 });
    expect(tree[0]).toMatchObject({ kind: "folder", name: "/p", files: 3 });
  });

  it("takes what was left behind for nothing", () => {
    expect(linesOf(fileTree([{ ...file("/a", 4), change: "abandoned" }], null)).added).toBe(0);
  });

  it("keeps closed folders closed", () => {
    const tree = fileTree([file("/a/b/c"), file("/a/d")], null);
    expect(treeRows(tree, () => false)).toHaveLength(1);
  });

  it("takes hostile paths as they come", () => {
    const deep = `/${"x/".repeat(5_000)}end`;
    expect(partsOf(deep, null).length).toBeLessThanOrEqual(40);
    expect(shown([file("../../etc/passwd"), file("__proto__/constructor"), file("C:\\a\\b")], null)).toEqual([
      "__proto__",
      " constructor",
      "../../etc",
      " passwd",
      "C:/a",
      " b",
    ]);
    expect(partsOf("/home/dev/project-2/a", "/home/dev/project")).toEqual(["/home", "dev", "project-2", "a"]);
  });
});

import { expect, it } from "vitest";
import { leftBranch } from "./branches";

const turn = (index: number, branch: "main" | "abandoned", parent?: number) => ({
  id: `t${index}`,
  index,
  branch,
  ...(parent !== undefined && { parent: `t${parent}` }),
});

it("finds where a branch was left, and where the session went on", () => {
  const turns = [
    turn(0, "main"),
    turn(1, "abandoned", 0),
    turn(2, "abandoned", 1),
    turn(3, "main", 0),
    turn(4, "main", 3),
  ];
  for (const left of [1, 2]) {
    const branch = leftBranch(turns, turns[left] ?? turn(9, "main"));
    expect(branch?.backTo?.index).toBe(0);
    expect(branch?.wentOn?.index).toBe(3);
  }
  expect(leftBranch(turns, turns[0] ?? turn(9, "main"))).toBeUndefined();
});

it("knows of a session that was begun anew, and of nothing that came after", () => {
  expect(leftBranch([turn(0, "abandoned"), turn(1, "main")], turn(0, "abandoned"))).toEqual({
    backTo: undefined,
    wentOn: turn(1, "main"),
  });
  expect(
    leftBranch([turn(0, "main"), turn(1, "abandoned", 0)], turn(1, "abandoned", 0))?.wentOn,
  ).toBeUndefined();
});

it("does not go round in a damaged tree", () => {
  const turns = [turn(0, "abandoned", 1), turn(1, "abandoned", 0)];
  expect(leftBranch(turns, turns[0] ?? turn(9, "main"))?.backTo).toBeUndefined();
});

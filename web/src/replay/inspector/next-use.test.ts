import { expect, it } from "vitest";
import { nextUse } from "./next-use";

it("goes from use to use, and around", () => {
  expect(nextUse([3, 7, 9], undefined)).toBe(3);
  expect(nextUse([3, 7, 9], 3)).toBe(7);
  expect(nextUse([3, 7, 9], 9)).toBe(3);
  expect(nextUse([0], undefined)).toBe(0);
  expect(nextUse([], 1)).toBeUndefined();
});

import { expect, it } from "vitest";
import { extendTo, NOTHING, toggle } from "./selection";

const order = ["a", "b", "c", "d"];

it("selects one, and takes it back", () => {
  const one = toggle(NOTHING, "b");
  expect([...one.ids]).toEqual(["b"]);
  expect([...toggle(one, "b").ids]).toEqual([]);
});

it("extends from what was selected last, either way", () => {
  const from = toggle(NOTHING, "c");
  expect([...extendTo(from, "a", order).ids].sort()).toEqual(["a", "b", "c"]);
  expect([...extendTo(extendTo(from, "a", order), "d", order).ids].sort()).toEqual(order);
  expect([...extendTo(NOTHING, "b", order).ids]).toEqual(["b"]);
  expect(extendTo(from, "gone", order)).toBe(from);
});

import { expect, it } from "vitest";
import { bounded, extendTo, NOTHING, SELECTED_MAX, toggle } from "./selection";

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

it("is full at its bound, and keeps what was selected before", () => {
  const long = Array.from({ length: SELECTED_MAX + 50 }, (_, place) => `s${place}`);
  const full = bounded(extendTo(toggle(NOTHING, "s120"), "s10", long));
  expect(full.ids.size).toBe(SELECTED_MAX);
  expect(full.ids.has("s120")).toBe(true);
  expect(bounded(toggle(NOTHING, "a")).ids.size).toBe(1);
});

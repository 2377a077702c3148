import { expect, it } from "vitest";
import { shortList, shortModel, surfaceName, titleOf, userWords } from "./session-words";

it("falls back on the id where no title is known", () => {
  expect(titleOf({ id: "da681b20-1111", title: null })).toEqual({ text: "Session da681b20", known: false });
  expect(titleOf({ id: "da681b20-1111", title: " \n" }).known).toBe(false);
});

it("shows what a title hides", () => {
  expect(titleOf({ id: "x", title: "pay\u202egpj" }).text).toContain("U+202E");
});

it("shortens models and lists", () => {
  expect(shortModel("claude-opus-4-5-20251101")).toBe("opus-4-5");
  expect(shortModel("other-model")).toBe("other-model");
  expect(shortList(["a", "b", "c"], 2)).toBe("a, b +1");
  expect(shortList([], 2)).toBe("");
});

it("says on whose word a person is named", () => {
  expect(userWords({ id: null, email: null, from: null })).toBeUndefined();
  expect(userWords({ id: "u1", email: "a@example.com", from: "claim" })).toMatchObject({
    text: "a@example.com",
    claimed: true,
  });
  expect(userWords({ id: "u1", email: null, from: "credential" })).toMatchObject({
    text: "u1",
    claimed: false,
  });
});

it("names the surface in a reader's words", () => {
  expect([surfaceName("cowork"), surfaceName("cowork_remote"), surfaceName("terminal")]).toEqual([
    "Cowork",
    "Cowork in the cloud",
    "terminal",
  ]);
});

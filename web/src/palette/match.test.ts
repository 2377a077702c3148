import { expect, it } from "vitest";
import { asIdPrefix, matches } from "./match";

it("finds every word, wherever it stands", () => {
  expect(matches("", "Sessions")).toBe(true);
  expect(matches("week WRONG", "Wrong this week")).toBe(true);
  expect(matches("right", "Wrong this week")).toBe(false);
});

it("takes for an id what can be one", () => {
  expect(asIdPrefix(" DA68 ")).toBe("da68");
  expect(asIdPrefix("da681b20-1c")).toBe("da681b20-1c");
  expect(asIdPrefix("bad")).toBeUndefined();
  expect(asIdPrefix("decade x")).toBeUndefined();
});

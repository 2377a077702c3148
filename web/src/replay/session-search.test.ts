import { expect, it } from "vitest";
import { parseSessionSearch } from "./session-search";

it("takes modes that there are, and words to find", () => {
  expect(parseSessionSearch({ mode: "skim", find: "churn" })).toEqual({ mode: "skim", find: "churn" });
  expect(parseSessionSearch({ mode: "full", find: " " })).toEqual({});
  expect(parseSessionSearch({ mode: "toString", find: 7, other: "x" })).toEqual({});
  expect(parseSessionSearch({ tab: "files" })).toEqual({ tab: "files" });
  expect(parseSessionSearch({ tab: "details" })).toEqual({});
  expect(parseSessionSearch({ at: "wrong" })).toEqual({ at: "wrong" });
  expect(parseSessionSearch({ at: "good" })).toEqual({});
  expect(parseSessionSearch({ find: "x".repeat(1_000) }).find).toHaveLength(400);
});

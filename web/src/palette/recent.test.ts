import { beforeEach, expect, it } from "vitest";
import { recentSessions, rememberSession } from "./recent";

beforeEach(() => localStorage.clear());

it("keeps the last few, the latest first, each once", () => {
  for (const id of ["a", "b", "a", "c", "d", "e", "f", "g", "h", "i"]) {
    rememberSession("w", id);
  }
  expect(recentSessions("w")).toEqual(["i", "h", "g", "f", "e", "d", "c", "a"]);
  expect(recentSessions("other")).toEqual([]);
});

it("takes nothing else for a list", () => {
  for (const stored of ["{", '{"a":1}', "[1,null]", '"x"']) {
    localStorage.setItem("argus.recent.w", stored);
    expect(recentSessions("w")).toEqual([]);
  }
});

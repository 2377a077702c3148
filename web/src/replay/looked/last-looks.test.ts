import { beforeEach, expect, it } from "vitest";
import { lastLookAt, noteLook } from "./last-looks";

beforeEach(() => localStorage.clear());

it("keeps the last step of each session, and forgets the oldest", () => {
  noteLook("default", "one", "step-1");
  noteLook("default", "one", "step-2");
  expect(lastLookAt("default", "one")).toBe("step-2");
  expect(lastLookAt("other", "one")).toBeUndefined();
  for (let number = 0; number < 300; number++) {
    noteLook("default", `s${number}`, "x");
  }
  expect(lastLookAt("default", "one")).toBeUndefined();
  expect(lastLookAt("default", "s0")).toBe("x");
});

it("knows nothing where storage holds something else", () => {
  for (const other of ["null", "7", "{", '{"default/one":7}']) {
    localStorage.setItem("argus.looked", other);
    expect(lastLookAt("default", "one")).toBeUndefined();
  }
  expect(lastLookAt("default", "constructor")).toBeUndefined();
});

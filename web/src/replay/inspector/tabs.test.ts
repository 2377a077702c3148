import { expect, it } from "vitest";
import { TABS, tabFrom, tabOf, tabOfKey } from "./tabs";

it("takes a tab from an address, whatever stands there", () => {
  expect(tabOf("files")).toBe("files");
  for (const value of [undefined, "nothing", "__proto__", 3, ["files"]]) {
    expect(tabOf(value)).toBe("details");
  }
});

it("goes around", () => {
  expect(tabFrom("details", -1)).toBe(TABS.at(-1));
  expect(tabOfKey("ArrowRight", TABS.at(-1) ?? "details")).toBe("details");
  expect(tabOfKey("End", "details")).toBe(TABS.at(-1));
  expect(tabOfKey("x", "details")).toBeUndefined();
});

import { expect, test } from "vitest";
import { dayAfter, parseReportSearch, thisMonth } from "./report-search";

test("an address has days and a project, or nothing", () => {
  const search = { project: "acme", from: "2026-11-01", to: "2026-11-30" };
  expect(parseReportSearch(search)).toEqual(search);
  expect(parseReportSearch({ project: "", from: "yesterday", to: "2026-13-01", more: "x" })).toEqual({});
});

test("the period includes its last day", () => {
  expect(dayAfter("2026-11-30")).toBe("2026-12-01");
  expect(dayAfter("2028-02-28")).toBe("2028-02-29");
});

test("the month that is going on", () => {
  expect(thisMonth(new Date("2026-11-27T12:00:00Z"))).toEqual({ from: "2026-11-01", to: "2026-11-27" });
  expect(thisMonth(new Date("2026-12-01T00:10:00Z"))).toEqual({ from: "2026-11-01", to: "2026-12-01" });
});

import { expect, it } from "vitest";
import { parseTrustSearch, trustQueryOf } from "./trust-search";

it("an address keeps what is understood", () => {
  expect(parseTrustSearch({ rubric: "r", queue: "", from: "2026-11-01", to: "soon" })).toEqual({
    rubric: "r",
    from: "2026-11-01",
  });
});

it("days are whole, in the reader's zone", () => {
  const { from, to } = trustQueryOf({ from: "2026-11-01", to: "2026-11-01" });
  expect(from).toBe(new Date(2026, 10, 1).toISOString());
  expect(to).toBe(new Date(2026, 10, 2).toISOString());
});

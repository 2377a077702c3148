import { expect, it } from "vitest";
import { formatDifference, formatFigure, formatShare } from "./figures";

it("figures have as many places as their kind, and a true minus", () => {
  expect([0.875, 1, 0.90625].map(formatShare)).toEqual(["87.5 %", "100 %", "90.6 %"]);
  expect([-0.0234, 0.9, 1].map(formatFigure)).toEqual(["−0.02", "0.90", "1.00"]);
  expect([9, -4.66, 0].map(formatDifference)).toEqual(["+9.0", "−4.7", "0.0"]);
});

import { expect, it } from "vitest";
import { changedSpeed, pauseMs } from "./pace";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

it("keeps real pauses within bounds", () => {
  expect(pauseMs(at(0), at(2), 1)).toBe(2_000);
  expect(pauseMs(at(0), at(59), 1)).toBe(3_000);
  expect(pauseMs(at(5), at(0), 1)).toBe(500);
  expect(pauseMs(at(0), at(2), 4)).toBe(500);
  expect(pauseMs(null, at(2), 2)).toBe(600);
  expect(pauseMs("no time", at(2), 1)).toBe(1_200);
});

it("goes faster and slower within the speeds that there are", () => {
  expect(changedSpeed(1, 1)).toBe(2);
  expect(changedSpeed(4, 1)).toBe(4);
  expect(changedSpeed(1, -1)).toBe(1);
});

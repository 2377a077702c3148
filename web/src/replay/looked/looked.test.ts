import { expect, it } from "vitest";
import { grown, opened } from "./looked";

it("marks what came since the last look", () => {
  expect(opened(10, undefined)).toEqual({ steps: 10, newFrom: undefined });
  expect(opened(10, 9)).toEqual({ steps: 10, newFrom: undefined });
  expect(opened(10, 6)).toEqual({ steps: 10, newFrom: 7 });
});

it("marks what comes while nobody looks at the end, and keeps the mark", () => {
  const start = opened(10, undefined);
  const attended = grown(start, 12, true);
  expect(attended).toEqual({ steps: 12, newFrom: undefined });
  const away = grown(attended, 15, false);
  expect(away).toEqual({ steps: 12, newFrom: 12 });
  expect(grown(away, 18, false)).toEqual({ steps: 12, newFrom: 12 });
  const back = grown(away, 18, true);
  expect(back).toEqual({ steps: 18, newFrom: 12 });
  expect(grown(back, 20, false)).toEqual({ steps: 18, newFrom: 18 });
  expect(grown(back, 18, true)).toBe(back);
});

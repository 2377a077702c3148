import { expect, it } from "vitest";
import { presetOf, TIME_PRESETS, withPreset } from "./time-presets";

const now = new Date("2026-11-26T15:00:00Z");

it("sets, recognises and takes back each preset", () => {
  for (const preset of TIME_PRESETS) {
    const filter = withPreset("model:opus from:90d", preset, now);
    expect(presetOf(filter, now)).toBe(preset);
    expect(filter.startsWith("model:opus")).toBe(true);
  }
});

it("recognises no preset in times of another kind", () => {
  expect(presetOf("started>2026-11-01", now)).toBeUndefined();
  expect(presetOf("from:7d to:2d", now)).toBeUndefined();
});

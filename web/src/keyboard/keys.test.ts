import { describe, expect, it } from "vitest";
import { isCharacterKey, isReserved, type KeyEvent, keyOf, labelsOf } from "./keys";

const press = (key: string, init: Partial<KeyEvent> = {}): KeyEvent => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...init,
});

describe("keyOf", () => {
  it("writes what is pressed", () => {
    expect(keyOf(press("j"), false)).toBe("j");
    expect(keyOf(press("J", { shiftKey: true }), false)).toBe("J");
    expect(keyOf(press("?", { shiftKey: true }), false)).toBe("?");
    expect(keyOf(press(" "), false)).toBe("Space");
    expect(keyOf(press("Enter", { shiftKey: true }), false)).toBe("Shift+Enter");
    expect(keyOf(press("Shift", { shiftKey: true }), false)).toBeUndefined();
  });

  it("knows the modifier of each system, and leaves the others alone", () => {
    expect(keyOf(press("k", { ctrlKey: true }), false)).toBe("Mod+k");
    expect(keyOf(press("k", { metaKey: true }), true)).toBe("Mod+k");
    expect(keyOf(press("K", { metaKey: true, shiftKey: true }), true)).toBe("Mod+Shift+k");
    expect(keyOf(press("k", { ctrlKey: true }), true)).toBeUndefined();
    expect(keyOf(press("k", { altKey: true }), false)).toBeUndefined();
    expect(keyOf(press("Enter", { metaKey: true }), true)).toBe("Mod+Enter");
  });
});

it("tells characters from other keys", () => {
  for (const key of ["j", "?", "o s", "é"]) {
    expect(isCharacterKey(key), key).toBe(true);
  }
  for (const key of ["Enter", "Mod+k", "Escape", "Space"]) {
    expect(isCharacterKey(key), key).toBe(false);
  }
});

it("keeps the browser's own keys out", () => {
  expect(["Tab", "F5", "Mod+f", "Mod+w", "Mod+Shift+t"].every(isReserved)).toBe(true);
  expect(["f", "Mod+k", "Mod+Enter", "Escape"].some(isReserved)).toBe(false);
});

it("labels keys as they stand on a keyboard", () => {
  expect(labelsOf("o s", false)).toEqual(["o", "s"]);
  expect(labelsOf("Mod+k", false)).toEqual(["Ctrl K"]);
  expect(labelsOf("Mod+Shift+k", true)).toEqual(["⌘⇧K"]);
  expect(labelsOf("ArrowRight", true)).toEqual(["→"]);
  expect(labelsOf("+", true)).toEqual(["+"]);
});

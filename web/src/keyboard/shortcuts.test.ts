import { describe, expect, it, vi } from "vitest";
import { isTaken, type ShortcutGroup, ShortcutMatcher } from "./shortcuts";

const run = vi.fn();
const groups: ShortcutGroup[] = [
  { name: "Everywhere", shortcuts: ["?", "g s"].map((keys) => ({ keys, does: keys, run })) },
  { name: "Page", shortcuts: ["j", "s"].map((keys) => ({ keys, does: keys, run })) },
];

describe("ShortcutMatcher", () => {
  it("finds single keys and pairs", () => {
    const matcher = new ShortcutMatcher();
    expect(matcher.match("j", 0, groups)?.keys).toBe("j");
    expect(matcher.match("g", 10, groups)).toBeUndefined();
    expect(matcher.match("s", 20, groups)?.keys).toBe("g s");
    expect(matcher.match("s", 30, groups)?.keys).toBe("s");
  });

  it("forgets the first key of a pair after a while, or when another comes", () => {
    const matcher = new ShortcutMatcher();
    matcher.match("g", 0, groups);
    expect(matcher.match("s", 5000, groups)?.keys).toBe("s");
    matcher.match("g", 6000, groups);
    expect(matcher.match("j", 6010, groups)?.keys).toBe("j");
    expect(matcher.match("s", 6020, groups)?.keys).toBe("s");
  });
});

describe("isTaken", () => {
  function pressed(init: KeyboardEventInit, target: Element = document.body): boolean {
    const event = new KeyboardEvent("keydown", { bubbles: true, ...init });
    if (target !== document.body) {
      document.body.append(target);
    }
    target.dispatchEvent(event);
    return isTaken(event);
  }

  it("leaves keys to text fields, dialogs and the browser", () => {
    expect(pressed({ key: "j" })).toBe(false);
    expect(pressed({ key: "j" }, document.createElement("input"))).toBe(true);
    expect(pressed({ key: "j", ctrlKey: true })).toBe(true);
    expect(pressed({ key: "j", isComposing: true })).toBe(true);
  });

  it("leaves Enter to links and buttons", () => {
    const link = document.createElement("a");
    expect(pressed({ key: "Enter" }, link)).toBe(true);
    expect(pressed({ key: "j" }, link)).toBe(false);
  });
});

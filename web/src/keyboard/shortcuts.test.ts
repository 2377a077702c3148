import { describe, expect, it, vi } from "vitest";
import { isTaken, isTyping, type Shortcut, ShortcutMatcher } from "./shortcuts";

const bound = ["?", "o s", "j|n", "s", "Mod+k"].map(
  (keys): Shortcut => ({
    id: "help",
    keys: keys.split("|"),
    does: keys,
    group: "reading",
    typing: false,
    run: vi.fn(),
  }),
);

describe("ShortcutMatcher", () => {
  it("finds single keys and pairs", () => {
    const matcher = new ShortcutMatcher();
    expect(matcher.match("j", 0, bound)?.does).toBe("j|n");
    expect(matcher.match("n", 0, bound)?.does).toBe("j|n");
    expect(matcher.match("o", 10, bound)).toBeUndefined();
    expect(matcher.match("s", 20, bound)?.does).toBe("o s");
    expect(matcher.match("s", 30, bound)?.does).toBe("s");
    expect(matcher.match("Mod+k", 40, bound)?.does).toBe("Mod+k");
  });

  it("forgets the first key of a pair after a while, or when another comes", () => {
    const matcher = new ShortcutMatcher();
    matcher.match("o", 0, bound);
    expect(matcher.match("s", 5000, bound)?.does).toBe("s");
    matcher.match("o", 6000, bound);
    expect(matcher.match("j", 6010, bound)?.does).toBe("j|n");
    expect(matcher.match("s", 6020, bound)?.does).toBe("s");
  });

  it("takes the latest that was bound to a key", () => {
    const later = { ...(bound[2] as Shortcut), does: "covers" };
    expect(new ShortcutMatcher().match("j", 0, [...bound, later])?.does).toBe("covers");
  });
});

describe("keys that belong to others", () => {
  function asked(
    question: (event: KeyboardEvent) => boolean,
    init: KeyboardEventInit,
    target: Element = document.body,
  ): boolean {
    const event = new KeyboardEvent("keydown", { bubbles: true, ...init });
    if (target !== document.body) {
      document.body.append(target);
    }
    target.dispatchEvent(event);
    return question(event);
  }

  it("are those of text fields", () => {
    expect(asked(isTyping, { key: "j" })).toBe(false);
    expect(asked(isTyping, { key: "j" }, document.createElement("input"))).toBe(true);
    expect(asked(isTyping, { key: "j" }, document.createElement("textarea"))).toBe(true);
    const editable = document.createElement("div");
    editable.setAttribute("contenteditable", "plaintext-only");
    expect(asked(isTyping, { key: "j" }, editable)).toBe(true);
  });

  it("are some of those of choices", () => {
    const radio = Object.assign(document.createElement("input"), { type: "radio" });
    expect(asked(isTyping, { key: "j" }, radio)).toBe(false);
    expect(asked(isTaken, { key: "j" }, radio)).toBe(false);
    expect(asked(isTaken, { key: "ArrowRight" }, radio)).toBe(true);
  });

  it("are those of input methods, dialogs, links and buttons", () => {
    expect(asked(isTaken, { key: "j" })).toBe(false);
    expect(asked(isTaken, { key: "j", isComposing: true })).toBe(true);
    const dialog = document.createElement("dialog");
    dialog.open = true;
    expect(asked(isTaken, { key: "j" }, dialog)).toBe(true);
    const link = document.createElement("a");
    expect(asked(isTaken, { key: "Enter" }, link)).toBe(true);
    expect(asked(isTaken, { key: "Enter", ctrlKey: true }, link)).toBe(false);
    expect(asked(isTaken, { key: "j" }, link)).toBe(false);
  });
});

/** How keys are written: `j`, `J`, `?`, `Enter`, `Space`, `Mod+k` (⌘ on Apple's systems, else Ctrl), one after the other `o s`. */

export type KeyEvent = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const APPLE = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? "");

/** Keys that change what others mean, and keys without a meaning of their own. */
const MODIFIERS = new Set([
  "Shift",
  "Control",
  "Alt",
  "AltGraph",
  "Meta",
  "CapsLock",
  "NumLock",
  "ScrollLock",
  "Fn",
  "FnLock",
  "Hyper",
  "Super",
  "Dead",
  "Process",
  "Unidentified",
]);

/** What is pressed, as it is written; undefined for a modifier alone, or with modifiers that are not ours. */
export function keyOf(event: KeyEvent, apple: boolean = APPLE): string | undefined {
  if (MODIFIERS.has(event.key)) {
    return undefined;
  }
  const mod = apple ? event.metaKey : event.ctrlKey;
  const foreign = apple ? event.ctrlKey : event.metaKey;
  if (foreign || event.altKey) {
    return undefined;
  }
  const key = event.key === " " ? "Space" : event.key;
  if (isCharacter(key)) {
    // Shift is in the character already; with Mod, systems differ in whether it is.
    return mod ? `Mod+${event.shiftKey ? "Shift+" : ""}${key.toLowerCase()}` : key;
  }
  return `${mod ? "Mod+" : ""}${event.shiftKey ? "Shift+" : ""}${key}`;
}

const isCharacter = (key: string) => Array.from(key).length === 1;

/** Whether speech input or a stray touch may press it by mistake: characters without a modifier. */
export const isCharacterKey = (keys: string) => keys.split(" ").every(isCharacter);

/** Combinations that the browser or the system keeps for itself. */
const RESERVED = new Set(["Tab", "Shift+Tab", "F1", "F3", "F5", "F6", "F7", "F11", "F12"]);
/** With Mod, only these are not the browser's own anywhere. */
const FREE_WITH_MOD = new Set(["Mod+k", "Mod+Enter", "Mod+e", "Mod+i", "Mod+j"]);

export function isReserved(key: string): boolean {
  return RESERVED.has(key) || (key.startsWith("Mod+") && !FREE_WITH_MOD.has(key));
}

const LABELS = new Map([
  ["ArrowUp", "↑"],
  ["ArrowDown", "↓"],
  ["ArrowLeft", "←"],
  ["ArrowRight", "→"],
  ["Escape", "Esc"],
  ["PageUp", "Page ↑"],
  ["PageDown", "Page ↓"],
]);

/** The keys as they stand on a keyboard, one after the other. */
export function labelsOf(keys: string, apple: boolean = APPLE): string[] {
  return keys.split(" ").map((key) => {
    const parts = key.split(/\+(?=.)/);
    const last = parts.pop() ?? "";
    const words = parts.map((part) =>
      part === "Mod" ? (apple ? "⌘" : "Ctrl") : part === "Shift" && apple ? "⇧" : part,
    );
    const name = LABELS.get(last) ?? (parts.length > 0 && last.length === 1 ? last.toUpperCase() : last);
    return [...words, name].join(apple && words.length > 0 ? "" : " ");
  });
}

/** Which keys do what, as long as whoever bound them is on the page. No DOM in here but the event's own fields. */

export interface Shortcut {
  /** As a person presses it: `j`, `J`, `?`, `Enter`, `Escape`; one after the other: `g s`. */
  keys: string;
  /** What it does, for the help: "Next session". */
  does: string;
  run: (event: KeyboardEvent) => void;
}

export interface ShortcutGroup {
  name: string;
  shortcuts: Shortcut[];
}

/** How long the first key of a pair waits for the second. */
const PAIR_MS = 1200;

export class ShortcutMatcher {
  #first: { key: string; at: number } | undefined;

  /** The shortcut that this key completes. The latest group wins, so that a dialog can cover a page. */
  match(key: string, now: number, groups: readonly ShortcutGroup[]): Shortcut | undefined {
    const first = this.#first && now - this.#first.at < PAIR_MS ? this.#first.key : undefined;
    this.#first = undefined;
    const pressed = first === undefined ? key : `${first} ${key}`;
    const all = groups.toReversed().flatMap((group) => group.shortcuts);
    const found = all.find((shortcut) => shortcut.keys === pressed);
    if (found) {
      return found;
    }
    if (all.some((shortcut) => shortcut.keys.startsWith(`${key} `))) {
      this.#first = { key, at: now };
      return undefined;
    }
    return first === undefined ? undefined : all.find((shortcut) => shortcut.keys === key);
  }
}

/** Keys that belong to someone else: to a text field, an input method, the browser, a button that has the focus. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) {
    return true;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return true;
  }
  const target = event.target;
  if (!(target instanceof Element)) {
    return false;
  }
  if (target.closest("input, textarea, select, [contenteditable='true'], [role='menu'], dialog[open]")) {
    return true;
  }
  return (event.key === "Enter" || event.key === " ") && target.closest("a, button, summary") !== null;
}

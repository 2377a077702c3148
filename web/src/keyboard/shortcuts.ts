/** From a key that is pressed to what it does, as long as whoever bound it is on the page. No DOM in here but the event's own fields. */
import type { CommandId, GroupId } from "./commands";

export interface Shortcut {
  id: CommandId;
  /** Any of them: `j`, `J`, `?`, `Enter`, `Mod+k`; one after the other: `o s`. */
  keys: readonly string[];
  /** What it does, for the help: "Next session". */
  does: string;
  group: GroupId;
  /** Also while a text is typed. */
  typing: boolean;
  run: (event: KeyboardEvent) => void;
}

/** How long the first key of a pair waits for the second. */
const PAIR_MS = 1200;

export class ShortcutMatcher {
  #first: { key: string; at: number } | undefined;

  /** The shortcut that this key completes. The latest bound wins, so that what is open can cover a page. */
  match(key: string, now: number, bound: readonly Shortcut[]): Shortcut | undefined {
    const first = this.#first && now - this.#first.at < PAIR_MS ? this.#first.key : undefined;
    this.#first = undefined;
    const pressed = first === undefined ? key : `${first} ${key}`;
    const all = bound.toReversed();
    const found = all.find(({ keys }) => keys.includes(pressed));
    if (found) {
      return found;
    }
    if (all.some(({ keys }) => keys.some((each) => each.startsWith(`${key} `)))) {
      this.#first = { key, at: now };
      return undefined;
    }
    return first === undefined ? undefined : all.find(({ keys }) => keys.includes(key));
  }
}

const CHOICES = "input:is([type='radio'], [type='checkbox'], [type='range'])";
const TYPED_INTO = `input:not(${CHOICES}), textarea, select, [contenteditable]:not([contenteditable='false']), [role='textbox']`;
/** What moves or presses a choice, a slider. */
const CHOOSING = new Set([
  ...["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End", "PageUp", "PageDown", "Enter", " "],
]);

/** Where the key would have been typed into. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest(TYPED_INTO) !== null;
}

/** Keys that belong to someone else: to an input method, an open menu or dialog, a button that has the focus. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) {
    return true;
  }
  const target = event.target;
  if (!(target instanceof Element)) {
    return false;
  }
  if (target.closest("[role='menu'], dialog[open]")) {
    return true;
  }
  if (CHOOSING.has(event.key) && target.closest(CHOICES)) {
    return true;
  }
  const presses = event.key === "Enter" || event.key === " ";
  const modified = event.ctrlKey || event.metaKey;
  return presses && !modified && target.closest("a, button, summary") !== null;
}

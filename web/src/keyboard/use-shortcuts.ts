import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { isTaken, type Shortcut, type ShortcutGroup, ShortcutMatcher } from "./shortcuts";

let groups: readonly ShortcutGroup[] = [];
const listeners = new Set<() => void>();
const matcher = new ShortcutMatcher();

function onKeyDown(event: KeyboardEvent) {
  if (isTaken(event)) {
    return;
  }
  const shortcut = matcher.match(event.key, event.timeStamp, groups);
  if (shortcut) {
    event.preventDefault();
    shortcut.run(event);
  }
}

function setGroups(changed: readonly ShortcutGroup[]) {
  if (groups.length === 0) {
    document.addEventListener("keydown", onKeyDown);
  }
  groups = changed;
  if (groups.length === 0) {
    document.removeEventListener("keydown", onKeyDown);
  }
  for (const listener of listeners) {
    listener();
  }
}

/**
 * Binds keys while the component is on the page, and lists them under `name` in the keyboard help.
 * Keys and descriptions must stay the same; what they run may change with every render.
 */
export function useShortcuts(name: string, shortcuts: Shortcut[]) {
  const run = useEffectEvent((keys: string, event: KeyboardEvent) => {
    shortcuts.find((shortcut) => shortcut.keys === keys)?.run(event);
  });
  const signature = shortcuts.map(({ keys, does }) => `${keys}\t${does}`).join("\n");

  useEffect(() => {
    const group: ShortcutGroup = {
      name,
      shortcuts: signature.split("\n").map((line) => {
        const [keys = "", does = ""] = line.split("\t");
        return { keys, does, run: (event) => run(keys, event) };
      }),
    };
    setGroups([...groups, group]);
    return () => setGroups(groups.filter((other) => other !== group));
  }, [name, signature]);
}

/** What can be pressed now, for the help. */
export function useShortcutGroups(): readonly ShortcutGroup[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => groups,
  );
}

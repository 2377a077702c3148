import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { type CommandId, commandOf, covers } from "./commands";
import { activeKeys } from "./key-map";
import { useKeyMap } from "./key-map-store";
import { keyOf } from "./keys";
import { isTaken, isTyping, type Shortcut, ShortcutMatcher } from "./shortcuts";

let bound: readonly (readonly Shortcut[])[] = [];
let all: readonly Shortcut[] = [];
const listeners = new Set<() => void>();
const matcher = new ShortcutMatcher();

/** What a modal dialog covers hears nothing, also where the focus was lost. */
const isCovered = () => document.querySelector("dialog.dialog[open]") !== null;

function onKeyDown(event: KeyboardEvent) {
  const key = isTaken(event) || isCovered() ? undefined : keyOf(event);
  if (key === undefined) {
    return;
  }
  const heard = isTyping(event) ? all.filter(({ typing }) => typing) : all;
  const shortcut = matcher.match(key, event.timeStamp, heard);
  if (shortcut) {
    event.preventDefault();
    shortcut.run(event);
  }
}

function setBound(changed: typeof bound) {
  if (bound.length === 0) {
    document.addEventListener("keydown", onKeyDown);
  }
  bound = changed;
  const each = bound.flat();
  all = [...each.filter(({ group }) => !covers(group)), ...each.filter(({ group }) => covers(group))];
  if (bound.length === 0) {
    document.removeEventListener("keydown", onKeyDown);
  }
  for (const listener of listeners) {
    listener();
  }
}

/** What commands of `commands.ts` do on this page; a command without a handler is not bound. */
export type Handlers = { [Id in CommandId]?: ((event: KeyboardEvent) => void) | undefined };

/** Binds commands to the keys that do them, while the component is on the page. */
export function useShortcuts(handlers: Handlers) {
  const keyMap = useKeyMap();
  const run = useEffectEvent((id: CommandId, event: KeyboardEvent) => handlers[id]?.(event));
  const ids = Object.entries(handlers)
    .flatMap(([id, handler]) => (handler ? [id] : []))
    .join(" ");

  useEffect(() => {
    if (ids === "") {
      return;
    }
    const mine = (ids.split(" ") as CommandId[]).map((id): Shortcut => {
      const { group, does, typing = false } = commandOf(id);
      return { id, keys: activeKeys(keyMap, id), does, group, typing, run: (event) => run(id, event) };
    });
    setBound([...bound, mine]);
    return () => setBound(bound.filter((other) => other !== mine));
  }, [ids, keyMap]);
}

/** Does what a command's keys do now, for a button beside them; none while nothing is bound to it. */
export function useCommand(id: CommandId): (() => void) | undefined {
  const found = useBoundShortcuts().findLast((shortcut) => shortcut.id === id);
  return found && (() => found.run(new KeyboardEvent("keydown")));
}

/** What can be pressed now, for the help. */
export function useBoundShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}

import { useSyncExternalStore } from "react";
import { DEFAULT_KEY_MAP, type KeyMap, parseKeyMap } from "./key-map";

const STORAGE_KEY = "argus.keyboard";
const listeners = new Set<() => void>();

let keyMap = read();

function read(): KeyMap {
  try {
    return parseKeyMap(JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null"));
  } catch {
    // Storage may be switched off or hold something else: the defaults serve.
    return DEFAULT_KEY_MAP;
  }
}

function changed(map: KeyMap) {
  keyMap = map;
  for (const listener of listeners) {
    listener();
  }
}

/** Kept in this browser. */
export function setKeyMap(map: KeyMap) {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(map));
  } catch {
    // It holds until the page is left.
  }
  changed(map);
}

function onStorage({ key }: StorageEvent) {
  if (key === STORAGE_KEY || key === null) {
    changed(read());
  }
}

function subscribe(listener: () => void) {
  if (listeners.size === 0) {
    // What was chosen in another window holds here too.
    addEventListener("storage", onStorage);
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      removeEventListener("storage", onStorage);
    }
  };
}

export function useKeyMap(): KeyMap {
  return useSyncExternalStore(subscribe, () => keyMap);
}

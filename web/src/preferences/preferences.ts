import { useSyncExternalStore } from "react";

export const THEMES = ["system", "light", "dark"] as const;
export const DENSITIES = ["comfortable", "dense"] as const;
export const CHANGES = ["unified", "split"] as const;

type Theme = (typeof THEMES)[number];
type Density = (typeof DENSITIES)[number];
type Changes = (typeof CHANGES)[number];

export interface Preferences {
  theme: Theme;
  density: Density;
  /** How changes of files are shown. */
  changes: Changes;
}

const STORAGE_KEY = "argus.preferences";
const listeners = new Set<() => void>();

let preferences = read();

function read(): Preferences {
  let stored: Partial<Preferences> = {};
  try {
    stored = (JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}") ?? {}) as Partial<Preferences>;
  } catch {
    // Storage may be switched off or hold something else: the defaults serve.
  }
  return {
    theme: THEMES.find((theme) => theme === stored.theme) ?? "system",
    density: DENSITIES.find((density) => density === stored.density) ?? "comfortable",
    changes: CHANGES.find((changes) => changes === stored.changes) ?? "unified",
  };
}

/** Puts them on the document, where tokens.css looks for them. */
export function applyPreferences() {
  const { dataset } = document.documentElement;
  dataset.theme = preferences.theme;
  dataset.density = preferences.density;
}

export function setPreferences(changed: Partial<Preferences>) {
  preferences = { ...preferences, ...changed };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences));
  } catch {
    // They hold until the page is left.
  }
  applyPreferences();
  for (const listener of listeners) {
    listener();
  }
}

export const getPreferences = (): Preferences => preferences;

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => preferences,
  );
}

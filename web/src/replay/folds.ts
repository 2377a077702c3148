import { useSyncExternalStore } from "react";

/** What the reader opened or closed. Rows leave the page while scrolling; this remembers for them. */
export class Folds {
  readonly #open = new Map<string, boolean>();
  readonly #listeners = new Set<() => void>();

  get(key: string): boolean | undefined {
    return this.#open.get(key);
  }

  set(key: string, open: boolean) {
    this.#open.set(key, open);
    for (const listener of this.#listeners) {
      listener();
    }
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** Whether something is open, `byDefault` until the reader says otherwise. */
export function useFold(folds: Folds, key: string, byDefault: boolean): [boolean, (open: boolean) => void] {
  const open = useSyncExternalStore(folds.subscribe, () => folds.get(key) ?? byDefault);
  return [open, (value) => folds.set(key, value)];
}

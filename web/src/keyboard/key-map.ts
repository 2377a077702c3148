/** Which keys do what for one person: the defaults, and what the person chose instead. Pure. */
import { COMMAND_IDS, type CommandId, commandOf, meet } from "./commands";
import { isCharacterKey } from "./keys";

export interface KeyMap {
  /** Whether characters without a modifier do anything. */
  characterKeys: boolean;
  /** Only what differs from the defaults; an empty list for a command without a key. */
  chosen: Partial<Record<CommandId, readonly string[]>>;
}

export const DEFAULT_KEY_MAP: KeyMap = { characterKeys: true, chosen: {} };

const KEYS_MAX = 4;
const KEY_LENGTH_MAX = 40;

/** A key map as it was stored; what is not understood in it is left out. */
export function parseKeyMap(stored: unknown): KeyMap {
  if (typeof stored !== "object" || stored === null) {
    return DEFAULT_KEY_MAP;
  }
  const { characterKeys, chosen } = stored as { characterKeys?: unknown; chosen?: unknown };
  const given = typeof chosen === "object" && chosen !== null ? (chosen as Record<string, unknown>) : {};
  return {
    characterKeys: characterKeys !== false,
    chosen: Object.fromEntries(
      COMMAND_IDS.flatMap((id) => {
        const keys = Object.hasOwn(given, id) ? given[id] : undefined;
        return Array.isArray(keys) && keys.length <= KEYS_MAX && keys.every(isKey) ? [[id, keys]] : [];
      }),
    ),
  };
}

const isKey = (key: unknown): key is string =>
  typeof key === "string" && key.length > 0 && key.length <= KEY_LENGTH_MAX;

/** The keys of a command as a person chose them, also where characters are switched off. */
export const keysOf = (map: KeyMap, id: CommandId): readonly string[] => map.chosen[id] ?? commandOf(id).keys;

/** The keys that work now. */
export function activeKeys(map: KeyMap, id: CommandId): readonly string[] {
  const keys = keysOf(map, id);
  return map.characterKeys ? keys : keys.filter((key) => !isCharacterKey(key));
}

export function withKeys(map: KeyMap, id: CommandId, keys: readonly string[]): KeyMap {
  const { [id]: _, ...others } = map.chosen;
  const defaults = commandOf(id).keys;
  const isDefault = keys.length === defaults.length && keys.every((key, place) => key === defaults[place]);
  return { ...map, chosen: isDefault ? others : { ...others, [id]: keys } };
}

/** Commands that could no longer be told from this one if it had these keys. */
export function conflictsOf(map: KeyMap, id: CommandId, keys: string): CommandId[] {
  return COMMAND_IDS.filter(
    (other) =>
      other !== id &&
      meet(commandOf(id).group, commandOf(other).group) &&
      keysOf(map, other).some((taken) => clash(taken, keys)),
  );
}

/** Equal, or one is the beginning of the other: the longer one could not be pressed. */
const clash = (one: string, other: string) =>
  one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);

/** The key map with these keys for a command, taken away from whatever they clash with. */
export function withTakenKeys(map: KeyMap, id: CommandId, keys: string): KeyMap {
  const freed = conflictsOf(map, id, keys).reduce(
    (changed, other) =>
      withKeys(
        changed,
        other,
        keysOf(changed, other).filter((taken) => !clash(taken, keys)),
      ),
    map,
  );
  return withKeys(freed, id, [keys]);
}

import { describe, expect, it } from "vitest";
import { COMMAND_IDS, type CommandId, commandOf } from "./commands";
import {
  activeKeys,
  conflictsOf,
  DEFAULT_KEY_MAP,
  keysOf,
  parseKeyMap,
  withKeys,
  withTakenKeys,
} from "./key-map";
import { isReserved } from "./keys";

describe("the commands", () => {
  it("have no keys that clash, and none of the browser's", () => {
    for (const id of COMMAND_IDS) {
      for (const keys of commandOf(id).keys) {
        expect(conflictsOf(DEFAULT_KEY_MAP, id, keys), `${id}: ${keys}`).toEqual([]);
        expect(isReserved(keys), keys).toBe(false);
      }
    }
  });
});

describe("a person's key map", () => {
  const id: CommandId = "session.next_step";

  it("keeps only what differs from the defaults", () => {
    const changed = withKeys(DEFAULT_KEY_MAP, id, ["x"]);
    expect(keysOf(changed, id)).toEqual(["x"]);
    expect(withKeys(changed, id, commandOf(id).keys)).toEqual(DEFAULT_KEY_MAP);
  });

  it("takes a key away from what had it", () => {
    expect(conflictsOf(DEFAULT_KEY_MAP, id, "e")).toEqual(["session.next_error"]);
    const changed = withTakenKeys(DEFAULT_KEY_MAP, id, "e");
    expect(keysOf(changed, id)).toEqual(["e"]);
    expect(keysOf(changed, "session.next_error")).toEqual([]);
    expect(conflictsOf(changed, id, "e")).toEqual([]);
  });

  it("sees the beginning of a pair, and that pages do not share keys", () => {
    expect(conflictsOf(DEFAULT_KEY_MAP, id, "o")).toContain("go.sessions");
    expect(conflictsOf(DEFAULT_KEY_MAP, id, "/")).not.toContain("sessions.filter");
  });

  it("leaves out characters where they are switched off", () => {
    const off = { ...DEFAULT_KEY_MAP, characterKeys: false };
    expect(activeKeys(off, "session.fold")).toEqual(["Enter"]);
    expect(activeKeys(off, "help")).toEqual([]);
    expect(activeKeys(off, "go.sessions")).toEqual([]);
    expect(keysOf(off, "help")).toEqual(["?"]);
  });

  it("comes back from storage, without what is not understood", () => {
    const changed = { characterKeys: false, chosen: { [id]: ["x", "o x"], help: [] } };
    expect(parseKeyMap(JSON.parse(JSON.stringify(changed)))).toEqual(changed);
    for (const broken of [null, 7, "x", [], { chosen: { [id]: "x", toString: ["x"], help: [7] } }]) {
      expect(parseKeyMap(broken)).toEqual(DEFAULT_KEY_MAP);
    }
  });
});

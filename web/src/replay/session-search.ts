import { type Tab, tabOf } from "./inspector/tabs";
import { MODES, type Mode } from "./layout/fold-rule";

/** What the address of a session says beside the place in it: how it is read. */
export interface SessionSearch {
  mode?: Exclude<Mode, "full">;
  /** What is looked for in it. */
  find?: string;
  /** The inspector's tab. */
  tab?: Exclude<Tab, "details">;
}

const FIND_MAX = 400;

export function parseSessionSearch({ mode, find, tab }: Record<string, unknown>): SessionSearch {
  const known = MODES.find((each) => each === mode);
  const open = tabOf(tab);
  return {
    ...(known !== undefined && known !== "full" && { mode: known }),
    ...(typeof find === "string" && find.trim() !== "" && { find: find.slice(0, FIND_MAX) }),
    ...(open !== "details" && { tab: open }),
  };
}

import { type Tab, tabOf } from "./inspector/tabs";
import { MODES, type Mode } from "./layout/fold-rule";

/** What the address of a session says beside the place in it: how it is read, and what for. */
export interface SessionSearch {
  mode?: Exclude<Mode, "full">;
  /** What is looked for in it. */
  find?: string;
  /** The inspector's tab. */
  tab?: Exclude<Tab, "details">;
  /** The queue that is worked through. */
  queue?: string;
  /** For those who want prompt and answer only. */
  view?: "reader";
  /** Where it opens when the address names no turn: at the first that was judged wrong. */
  at?: "wrong";
}

const FIND_MAX = 400;

export function parseSessionSearch({
  mode,
  find,
  tab,
  queue,
  view,
  at,
}: Record<string, unknown>): SessionSearch {
  const known = MODES.find((each) => each === mode);
  const open = tabOf(tab);
  return {
    ...(known !== undefined && known !== "full" && { mode: known }),
    ...(typeof find === "string" && find.trim() !== "" && { find: find.slice(0, FIND_MAX) }),
    ...(open !== "details" && { tab: open }),
    ...(typeof queue === "string" && queue !== "" && { queue }),
    ...(view === "reader" && { view }),
    ...(at === "wrong" && { at }),
  };
}

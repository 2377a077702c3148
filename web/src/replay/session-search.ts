import { MODES, type Mode } from "./layout/fold-rule";

/** What the address of a session says beside the place in it: how it is read. */
export interface SessionSearch {
  mode?: Exclude<Mode, "full">;
  /** What is looked for in it. */
  find?: string;
}

const FIND_MAX = 400;

export function parseSessionSearch({ mode, find }: Record<string, unknown>): SessionSearch {
  const known = MODES.find((each) => each === mode);
  return {
    ...(known !== undefined && known !== "full" && { mode: known }),
    ...(typeof find === "string" && find.trim() !== "" && { find: find.slice(0, FIND_MAX) }),
  };
}

import { createContext, useContext } from "react";
import type { AgentRun, SkillUse, Source } from "@/api/types";
import type { Folds } from "./folds";
import type { Mode } from "./layout/fold-rule";

/** What every part of one replay needs to know about it. */
export interface Replay {
  workspace: string;
  session: string;
  /** Set where only this sub-agent's steps are shown. */
  agent: string | undefined;
  agents: ReadonlyMap<string, AgentRun>;
  skills: readonly SkillUse[];
  sources: readonly Source[];
  folds: Folds;
  mode: Mode;
  /** What the types of redactions stand for, where that is known. */
  ruleTitles: ReadonlyMap<string, string>;
}

export const ReplayContext = createContext<Replay | undefined>(undefined);

export function useReplay(): Replay {
  const replay = useContext(ReplayContext);
  if (!replay) {
    throw new Error("useReplay outside of a replay");
  }
  return replay;
}

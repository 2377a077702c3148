import { createContext, useContext } from "react";
import type { Comment, Reviewer, Reviews } from "@/api/reviews";
import type { StepRow, TurnRow } from "@/api/types";
import type { Picked } from "./picked-text";
import type { QueueRun } from "./queue-run";
import type { Acts } from "./use-acts";
import type { OpenScorecard } from "./use-scorecard";

/** What is being written. */
export type Composing =
  | { kind: "reason" }
  | { kind: "tag" }
  | { kind: "comment"; picked: Picked | undefined; step: StepRow | undefined }
  | { kind: "reply"; to: Comment }
  | { kind: "edit"; comment: Comment }
  | { kind: "answer"; turn: TurnRow }
  | { kind: "skip" };

/** The judging of one session, for everything on its page. */
export interface Judging {
  workspace: string;
  session: string;
  turns: readonly TurnRow[];
  reviews: Reviews;
  /** False until they are fetched. */
  known: boolean;
  me: Reviewer;
  mayWrite: boolean;
  mayManage: boolean;
  /** The turn that a judgement would be about; undefined: the session. */
  target: TurnRow | undefined;
  /** Whether the session is judged though a turn is chosen. */
  whole: boolean;
  setWhole: (whole: boolean) => void;
  /** The turn that is read, whatever a judgement would be about. */
  turnRead: TurnRow | undefined;
  /** What is marked in the transcript, by step. */
  marked: ReadonlyMap<string, readonly Comment[]>;
  /** Shows a thread in the Review tab. */
  openThread: (comment: string) => void;
  /** The thread that is to come into sight. */
  soughtThread: string | undefined;
  /** It did. */
  threadSeen: () => void;
  /** Shows the step that was commented on. */
  showStep: (item: StepRow) => void;
  acts: Acts;
  scorecard: OpenScorecard | undefined;
  /** Opens the scorecard, or the choice of a rubric. */
  openScorecard: () => void;
  /** Whether a rubric is being chosen. */
  choosing: boolean;
  leaveChoice: () => void;
  chooseRubric: (rubric: string) => void;
  composing: Composing | undefined;
  compose: (composing: Composing | undefined) => void;
  /** What the bar says, for screen readers too. */
  said: string;
  say: (words: string) => void;
  good: () => void;
  wrong: () => void;
  skip: () => void;
  comment: () => void;
  correct: () => void;
  send: () => void;
  showTurn: (turn: TurnRow) => void;
  /** Set while a queue is worked through. */
  queue: QueueRun | undefined;
}

export const JudgingContext = createContext<Judging | undefined>(undefined);

/** Undefined outside of a session's page, and on a sub-agent's. */
export function useJudging(): Judging | undefined {
  return useContext(JudgingContext);
}

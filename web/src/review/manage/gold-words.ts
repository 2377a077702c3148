import type { Gold, NewGold } from "@/api/queues";
import { VERDICT_WORDS } from "../judgements";

/** What a known answer says, in a word or as a score. */
export function goldWords({ verdict, percent }: Pick<Gold, "verdict" | "percent">): string {
  if (verdict === "good" || verdict === "wrong") {
    return VERDICT_WORDS[verdict];
  }
  return percent === null ? "no score" : `${Math.round(percent)} %`;
}

/** The known answer of what a judgement is of: the same session or turn, by the same rubric or none. */
export function goldOf(all: readonly Gold[], judged: NewGold): Gold | undefined {
  return all.find(
    ({ session, turn, rubric }) =>
      session === judged.session && turn === (judged.turn ?? null) && rubric === (judged.rubric ?? null),
  );
}

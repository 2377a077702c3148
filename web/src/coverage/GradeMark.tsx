import type { Coverage, Grade } from "@/api/types";
import { coverageWords, GRADES } from "./words";
import "./coverage.css";

/** How much of something was seen, in a word; why, on hover. */
export function GradeMark({ coverage }: { coverage: Pick<Coverage, "grade" | "reasons"> }) {
  return (
    <span className={`grade grade-${coverage.grade}`} title={coverageWords(coverage)}>
      {GRADES[coverage.grade].name}
    </span>
  );
}

/** The same of a grade alone. */
export function GradeName({ grade }: { grade: Grade }) {
  return (
    <span className={`grade grade-${grade}`} title={GRADES[grade].says}>
      {GRADES[grade].name}
    </span>
  );
}

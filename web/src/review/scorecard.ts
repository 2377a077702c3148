/** A scorecard while it is filled in. What it comes to is the server's to say. */
import type { RubricDefinition, RubricItem, Scale } from "@/api/queues";
import type { ScoreAnswer } from "@/api/reviews";

export interface Filled {
  value: ScoreAnswer["value"];
  evidence: string | undefined;
  note: string;
}

export interface Scorecard {
  answers: ReadonlyMap<string, Filled>;
  /** The item that keys answer: its place among all items. */
  at: number;
}

export const EMPTY_SCORECARD: Scorecard = { answers: new Map(), at: 0 };

export const itemsOf = (rubric: Pick<RubricDefinition, "sections">): RubricItem[] =>
  rubric.sections.flatMap(({ items }) => items);

/** Whether an answer takes points away. */
export function isDeduction(item: RubricItem, value: ScoreAnswer["value"]): boolean {
  if (value === "na") {
    return false;
  }
  return typeof value === "boolean" ? !value : value < (item.scale?.max ?? value);
}

/** Whether the item still has to be told which turn shows what it took points for. */
export const lacksEvidence = (item: RubricItem, filled: Filled | undefined) =>
  filled !== undefined &&
  item.evidence_required &&
  isDeduction(item, filled.value) &&
  filled.evidence === undefined;

/**
 * Answers an item and goes on to the next that is not done, if this one is. `turn` is the turn that is scored, which is the
 * evidence of whatever is deducted there.
 */
export function answered(
  card: Scorecard,
  items: readonly RubricItem[],
  place: number,
  value: ScoreAnswer["value"],
  turn: string | undefined,
): Scorecard {
  const item = items[place];
  if (!item || (value === "na" && !item.allow_na)) {
    return card;
  }
  const before = card.answers.get(item.id);
  const filled: Filled = { note: "", ...before, value, evidence: before?.evidence ?? turn };
  const answers = new Map(card.answers).set(item.id, filled);
  return { answers, at: lacksEvidence(item, filled) ? place : nextOpen(answers, items, place) };
}

export function withEvidence(
  card: Scorecard,
  items: readonly RubricItem[],
  place: number,
  turn: string | undefined,
): Scorecard {
  const item = items[place];
  const before = item && card.answers.get(item.id);
  if (!item || !before) {
    return card;
  }
  const answers = new Map(card.answers).set(item.id, { ...before, evidence: turn });
  return { answers, at: turn === undefined ? place : nextOpen(answers, items, place) };
}

export function withNote(card: Scorecard, item: string, note: string): Scorecard {
  const before = card.answers.get(item);
  return before ? { ...card, answers: new Map(card.answers).set(item, { ...before, note }) } : card;
}

/** The first item after this one that is not done, else the first at all, else the one after it. */
function nextOpen(answers: Scorecard["answers"], items: readonly RubricItem[], place: number): number {
  const isOpen = (item: RubricItem) => {
    const filled = answers.get(item.id);
    return filled === undefined || lacksEvidence(item, filled);
  };
  const after = items.findIndex((item, at) => at > place && isOpen(item));
  const first = after === -1 ? items.findIndex(isOpen) : after;
  return first === -1 ? Math.min(place + 1, items.length - 1) : first;
}

/** What is left to do before it can be sent, in words; empty when nothing is. */
export function openWords(card: Scorecard, items: readonly RubricItem[]): string {
  const unanswered = items.filter(({ id }) => !card.answers.has(id)).length;
  const evidence = items.filter((item) => lacksEvidence(item, card.answers.get(item.id))).length;
  return [
    unanswered > 0 && `${unanswered} ${unanswered === 1 ? "item" : "items"} to answer`,
    evidence > 0 && `${evidence} ${evidence === 1 ? "deduction" : "deductions"} without evidence`,
  ]
    .filter(Boolean)
    .join(", ");
}

/** As the server takes them. */
export function answersOf(card: Scorecard, items: readonly RubricItem[]): ScoreAnswer[] {
  return items.flatMap((item): ScoreAnswer[] => {
    const filled = card.answers.get(item.id);
    if (!filled) {
      return [];
    }
    const { value, evidence, note } = filled;
    return [
      {
        item: item.id,
        value,
        evidence_turn: isDeduction(item, value) ? (evidence ?? null) : null,
        note: note.trim() === "" ? null : note.trim(),
      },
    ];
  });
}

export function stepsOf({ min, max }: Scale): number[] {
  return Array.from({ length: max - min + 1 }, (_, place) => min + place);
}

/** The step of a scale that a digit stands for: itself; 0 stands for ten where there is no step 0. */
export function stepOfKey({ min, max }: Scale, key: string): number | undefined {
  const digit = Number(key);
  const value = digit === 0 && min > 0 ? 10 : digit;
  return value >= min && value <= max ? value : undefined;
}

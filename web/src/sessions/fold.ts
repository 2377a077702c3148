/** Kinds of sessions that the list can leave out; as the server's `fold` has them. */
export const FOLDED_KINDS = ["automated", "single_turn"] as const;

export type FoldedKind = (typeof FOLDED_KINDS)[number];

const NAMES: Record<FoldedKind, string> = { automated: "automated", single_turn: "single-turn" };

export function parseFold(text: unknown): FoldedKind[] {
  const words = typeof text === "string" ? text.split(",") : [];
  return FOLDED_KINDS.filter((kind) => words.includes(kind));
}

/** "automated or single-turn". */
export function foldWords(fold: readonly FoldedKind[]): string {
  return fold.map((kind) => NAMES[kind]).join(" or ");
}

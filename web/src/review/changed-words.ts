import { type Edit, editScript } from "@/replay/diff/edit-script";

/** A run of words that stayed, went or came. */
export type WordEdit = Edit;

/** How two texts differ, word by word; neighbours of one kind are one. */
export function changedWords(before: string, after: string): WordEdit[] {
  const merged: WordEdit[] = [];
  for (const edit of editScript(wordsOf(before), wordsOf(after))) {
    const last = merged.at(-1);
    if (last?.kind === edit.kind) {
      last.text += edit.text;
    } else {
      merged.push({ ...edit });
    }
  }
  return merged;
}

/** Words, gaps and signs; letters of scripts without gaps stand alone. */
const wordsOf = (text: string) =>
  text.match(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}_]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])|[\p{L}\p{N}\p{M}_]+|\s+|[^\s]/gu,
  ) ?? [];

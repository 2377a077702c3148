import type { ChangedFile, SessionFiles } from "@/api/types";
import { plural } from "@/format/count";

export const CHANGE_WORDS: Record<ChangedFile["change"], string> = {
  created: "new",
  changed: "",
  unchanged: "changed back",
  unknown: "",
  abandoned: "abandoned",
};

/** What cannot be known, or was not counted. */
export function unknownWords(files: SessionFiles): string[] {
  const { commands, not_applied, without_path, left_out, items } = files;
  const outside = items.filter((file) => file.was_changed_outside).length;
  const words = [
    commands > 0 ? `What ${plural(commands, "command")} (Bash) changed no source tells.` : undefined,
    outside > 0
      ? `${plural(outside, "file")} ${outside === 1 ? "was" : "were"} found in another state than the edit before had left: something else changed ${outside === 1 ? "it" : "them"}.`
      : undefined,
    not_applied > 0
      ? `${plural(not_applied, "call")} that failed, was not let run or never ended ${not_applied === 1 ? "is" : "are"} not counted.`
      : undefined,
    without_path > 0 ? `Of ${plural(without_path, "edit")} no source tells the file.` : undefined,
    left_out > 0
      ? `${plural(left_out, "edit")} beyond the first 5,000 ${left_out === 1 ? "is" : "are"} left out.`
      : undefined,
  ];
  return words.filter((sentence) => sentence !== undefined);
}

/** On what a file's figures rest. */
export function basisWords({ is_exact, was_changed_outside, change, lines }: ChangedFile): string {
  if (change === "abandoned") {
    return "Changed on a branch that was left behind only: nothing of it is part of the session's outcome.";
  }
  if (lines === null) {
    return "Not every edit tells what it changed.";
  }
  const basis = is_exact
    ? "The difference of its first and its last known state."
    : "The sum of its edits: its whole state is not known.";
  return was_changed_outside ? `${basis} Something else than these edits changed it in between.` : basis;
}

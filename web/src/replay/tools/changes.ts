/** The change that an editing call made, from the client's own patch where there is one, else from its input. */
import type { Tool } from "@/api/types";
import { type Hunk, hunksBetween, hunksOfNewFile, hunksOfPatch } from "../diff/patch";
import { flagOf, listOf, member, recordsOf, textOf } from "./shapes";

/** Longer texts are not compared: the input's two sides are shown as they are. */
const COMPARED_MAX = 400_000;

/** Comparing is dear, and heads and bodies both ask: a call's change is made out once. */
function once(hunksOf: (tool: Tool) => Hunk[] | undefined): typeof hunksOf {
  const known = new WeakMap<Tool, Hunk[] | undefined>();
  return (tool) => {
    if (!known.has(tool)) {
      known.set(tool, hunksOf(tool));
    }
    return known.get(tool);
  };
}

export const hunksOfEdit = once((tool) => {
  const patch = hunksOfPatch(member(tool.result, "structuredPatch"));
  if (patch && patch.length > 0) {
    return patch;
  }
  const edits =
    recordsOf(tool.input, "edits") ?? (member(tool.input, "old_string") === undefined ? [] : [tool.input]);
  const hunks = edits.flatMap((edit) => {
    const before = textOf(edit, "old_string");
    const after = textOf(edit, "new_string");
    return before === undefined || after === undefined || before.length + after.length > COMPARED_MAX
      ? []
      : hunksBetween(before, after, lineOf(textOf(tool.result, "originalFile"), before));
  });
  return hunks.length === 0 ? undefined : hunks;
});

export const hunksOfWrite = once((tool) => {
  const patch = hunksOfPatch(member(tool.result, "structuredPatch"));
  if (patch && patch.length > 0) {
    return patch;
  }
  const content = textOf(tool.input, "content");
  return content === undefined ? undefined : hunksOfNewFile(content);
});

export const hunksOfNotebook = once((tool) => {
  const source = textOf(tool.input, "new_source");
  if (source === undefined) {
    return undefined;
  }
  const before = textOf(tool.result, "old_source");
  return before === undefined ? hunksOfNewFile(source) : hunksBetween(before, source, 1);
});

/** How a written file came to be, where the client says so. */
export function writeKind(tool: Tool): string | undefined {
  const kind = textOf(tool.result, "type");
  return kind === "create" ? "new file" : kind === "update" ? "overwritten" : undefined;
}

/** `all occurrences`, `3 edits`. */
export function editKind(tool: Tool): string | undefined {
  const edits = listOf(tool.input, "edits")?.length;
  return edits === undefined
    ? flagOf(tool.input, "replace_all")
      ? "all occurrences"
      : undefined
    : `${edits} edits`;
}

/** The line on which a text begins in a file, when it is there just once. */
function lineOf(file: string | undefined, text: string): number | undefined {
  if (file === undefined || text === "") {
    return undefined;
  }
  const at = file.indexOf(text);
  return at === -1 || file.indexOf(text, at + 1) !== -1 ? undefined : file.slice(0, at).split("\n").length;
}

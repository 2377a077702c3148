import type { Tool } from "@/api/types";
import { plural } from "@/format/count";
import { Output } from "./Output";
import { flagOf, numberOf, textOf } from "./shapes";
import type { ToolView } from "./tool-view";

export const search: ToolView = {
  names: ["Grep", "Glob", "LS"],
  summary: ({ input }) => {
    const pattern = textOf(input, "pattern");
    const path = textOf(input, "path");
    const glob = textOf(input, "glob") ?? textOf(input, "type");
    return pattern === undefined
      ? path
      : [pattern, path && `in ${path}`, glob && `(${glob})`].filter(Boolean).join(" ");
  },
  aside: foundWords,
  Body: Output,
};

function foundWords({ result }: Tool): string | undefined {
  const files = numberOf(result, "numFiles");
  const lines = numberOf(result, "numLines");
  const matches = numberOf(result, "numMatches");
  const mode = textOf(result, "mode");
  const found =
    mode === "content" && lines !== undefined
      ? plural(lines, "line")
      : mode === "count" && matches !== undefined
        ? `${plural(matches, "match", "matches")} in ${plural(files ?? 0, "file")}`
        : files === undefined
          ? undefined
          : plural(files, "file");
  return found && flagOf(result, "truncated") ? `${found}, cut by the tool` : found;
}

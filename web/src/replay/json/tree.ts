/** A JSON value as the lines of a tree, of which only what is opened exists. */
import type { Json } from "@/api/types";

export interface TreeLine {
  /** Where it stands, as a JSON pointer; unique, and the key of what is open. */
  path: string;
  depth: number;
  /** Member name or index; undefined for the root. */
  name: string | undefined;
  value: Json;
  /** How many members it has; undefined for plain values. */
  size: number | undefined;
  open: boolean;
  /** Members that are not shown yet; on the line that stands for them. */
  more?: number;
}

/** Members shown at once; the rest is behind a line of its own. */
export const MEMBERS_AT_ONCE = 50;

export interface TreeState {
  isOpen: (path: string, depth: number, size: number) => boolean;
  /** Members shown of the value at a path. */
  membersShown: (path: string) => number;
}

/** Without recursion: captured JSON may be nested deeper than the stack is. */
export function treeLines(root: Json, state: TreeState): TreeLine[] {
  const lines: TreeLine[] = [];
  const waiting: (Pick<TreeLine, "path" | "depth" | "name" | "value"> & { more?: number })[] = [
    { path: "", depth: 0, name: undefined, value: root },
  ];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.more !== undefined) {
      lines.push({ ...next, size: undefined, open: false, more: next.more });
      continue;
    }
    const size = sizeOf(next.value);
    const open = size !== undefined && size > 0 && state.isOpen(next.path, next.depth, size);
    lines.push({ ...next, size, open } as TreeLine);
    if (!open || size === undefined) {
      continue;
    }
    const { path, depth, value } = next;
    const shown = Math.min(size, state.membersShown(path));
    if (shown < size) {
      waiting.push({ path: `${path}/…`, depth: depth + 1, name: undefined, value: null, more: size - shown });
    }
    for (const [name, member] of membersOf(value, shown).reverse()) {
      waiting.push({
        path: `${path}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`,
        depth: depth + 1,
        name,
        value: member,
      });
    }
  }
  return lines;
}

function sizeOf(value: Json): number | undefined {
  if (Array.isArray(value)) {
    return value.length;
  }
  return typeof value === "object" && value !== null ? Object.keys(value).length : undefined;
}

function membersOf(value: Json, most: number): [string, Json][] {
  if (Array.isArray(value)) {
    return value.slice(0, most).map((each, index) => [String(index), each]);
  }
  return typeof value === "object" && value !== null
    ? Object.keys(value)
        .slice(0, most)
        .map((name) => [name, value[name] ?? null])
    : [];
}

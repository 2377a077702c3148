/** The changed files as a tree of folders: those with one child only are one line with it. */
import type { ChangedFile } from "@/api/types";

export interface Lines {
  added: number;
  removed: number;
  /** Files in it of which it is not known. */
  unknown: number;
}

export interface FileNode {
  kind: "file";
  name: string;
  path: string;
  file: ChangedFile;
}

export interface FolderNode {
  kind: "folder";
  /** `src/replay`, from the folder above. */
  name: string;
  path: string;
  children: TreeNode[];
  files: number;
  lines: Lines;
}

export type TreeNode = FileNode | FolderNode;

interface Folder {
  folders: Map<string, Folder>;
  files: FileNode[];
}

/** Folders deeper than this are part of a name: a hostile path is no deep stack. */
const DEPTH_MAX = 40;

export function fileTree(files: readonly ChangedFile[], cwd: string | null): TreeNode[] {
  const root: Folder = { folders: new Map(), files: [] };
  for (const file of files) {
    const parts = partsOf(file.path, cwd);
    const name = parts.pop() ?? file.path;
    let folder = root;
    for (const part of parts) {
      const next = folder.folders.get(part) ?? { folders: new Map(), files: [] };
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.push({ kind: "file", name, path: file.path, file });
  }
  return nodesOf(root, "");
}

/** Below the session's own folder, from there; else the whole path. */
export function partsOf(path: string, cwd: string | null): string[] {
  const separator = path.includes("/") || !path.includes("\\") ? "/" : "\\";
  const base = cwd === null || cwd === "" ? undefined : cwd.replace(/[/\\]+$/, "") + separator;
  const inside = base !== undefined && path.startsWith(base);
  const parts = (inside ? path.slice(base.length) : path).split(separator).filter((part) => part !== "");
  if (!inside && path.startsWith(separator) && parts.length > 0) {
    parts[0] = `${separator}${parts[0]}`;
  }
  if (parts.length > DEPTH_MAX) {
    const rest = parts.splice(DEPTH_MAX - 2, parts.length - DEPTH_MAX + 1).join(separator);
    parts.splice(DEPTH_MAX - 2, 0, rest);
  }
  return parts;
}

function nodesOf(folder: Folder, above: string): TreeNode[] {
  const folders = [...folder.folders].map(([name, inner]): FolderNode => {
    let at = inner;
    let shown = name;
    for (;;) {
      const only = at.files.length === 0 && at.folders.size === 1 ? [...at.folders][0] : undefined;
      if (!only) {
        break;
      }
      shown = `${shown}/${only[0]}`;
      at = only[1];
    }
    const path = `${above}/${shown}`;
    const children = nodesOf(at, path);
    return {
      kind: "folder",
      name: shown,
      path,
      children,
      files: countFiles(children),
      lines: linesOf(children),
    };
  });
  const byName = (one: TreeNode, other: TreeNode) => one.name.localeCompare(other.name);
  return [...folders.sort(byName), ...folder.files.sort(byName)];
}

const countFiles = (nodes: readonly TreeNode[]): number =>
  nodes.reduce((sum, node) => sum + (node.kind === "file" ? 1 : node.files), 0);

export function linesOf(nodes: readonly TreeNode[]): Lines {
  const lines: Lines = { added: 0, removed: 0, unknown: 0 };
  for (const node of nodes) {
    if (node.kind === "folder") {
      lines.added += node.lines.added;
      lines.removed += node.lines.removed;
      lines.unknown += node.lines.unknown;
    } else if (node.file.change !== "abandoned") {
      lines.added += node.file.lines?.added ?? 0;
      lines.removed += node.file.lines?.removed ?? 0;
      lines.unknown += node.file.lines === null ? 1 : 0;
    }
  }
  return lines;
}

/** The lines of the tree that are seen, with their depth. */
export function treeRows(
  nodes: readonly TreeNode[],
  isOpen: (path: string) => boolean,
  depth = 0,
): { node: TreeNode; depth: number }[] {
  return nodes.flatMap((node) => [
    { node, depth },
    ...(node.kind === "folder" && isOpen(node.path) ? treeRows(node.children, isOpen, depth + 1) : []),
  ]);
}

import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useMemo, useState } from "react";
import type { ChangedFile, SessionFiles } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { PanelWaiting } from "../inspector/PanelWaiting";
import { filesQuery } from "../panels-data";
import { useReplay } from "../replay-context";
import { Visible } from "../text/Visible";
import { visibleLine } from "../text/visible";
import { FileDialog } from "./FileDialog";
import { fileTree, linesOf, type TreeNode, treeRows } from "./file-tree";
import { CHANGE_WORDS, unknownWords } from "./file-words";
import { LinesChanged } from "./LinesChanged";
import "./files.css";

/** Of fewer files all folders are open at first. */
const OPEN_FILES_MAX = 30;

/** What the session's editing tools changed, net: a tree; each file leads to its edits. */
export function FilesTab({ cwd, onStep }: { cwd: string | null; onStep: (index: number) => void }) {
  const { workspace, session } = useReplay();
  const files = useQuery(filesQuery(workspace, session));
  if (!files.data) {
    return <PanelWaiting what="The changed files" query={files} />;
  }
  return <Files files={files.data} cwd={cwd} onStep={onStep} />;
}

function Files({
  files,
  cwd,
  onStep,
}: {
  files: SessionFiles;
  cwd: string | null;
  onStep: (index: number) => void;
}) {
  const tree = useMemo(() => fileTree(files.items, cwd), [files.items, cwd]);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [current, setCurrent] = useState<string>();
  const [shown, setShown] = useState<ChangedFile>();
  const rows = treeRows(tree, (path) => toggled.get(path) ?? files.items.length <= OPEN_FILES_MAX);
  const toggle = (path: string, open: boolean) => setToggled(new Map(toggled).set(path, open));
  const keyOf = (node: TreeNode) => `${node.kind} ${node.path}`;
  const at = Math.max(
    0,
    rows.findIndex(({ node }) => keyOf(node) === current),
  );
  const total = linesOf(tree);
  const unknown = unknownWords(files);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const node = rows[at]?.node;
    if (!node || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const moves = new Map([
      ["ArrowDown", at + 1],
      ["ArrowUp", at - 1],
      ["Home", 0],
      ["End", rows.length - 1],
    ]);
    const move = moves.get(event.key);
    if (move !== undefined) {
      const next = rows[move]?.node;
      if (next) {
        setCurrent(keyOf(next));
        event.currentTarget.querySelectorAll<HTMLElement>("[role='treeitem']")[move]?.focus();
      }
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      if (node.kind === "folder") {
        toggle(node.path, event.key === "ArrowRight");
      }
    } else if (event.key === "Enter" || event.key === " ") {
      press(node);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const press = (node: TreeNode) => {
    setCurrent(keyOf(node));
    if (node.kind === "folder") {
      toggle(node.path, !rows.some((row) => row.node === node.children[0]));
    } else {
      setShown(node.file);
    }
  };

  return (
    <div className="files">
      <header className="panel-head">
        <h2>Files</h2>
        <p className="quiet">
          {files.items.length === 0
            ? "No editing tool changed a file."
            : `${plural(files.items.length, "file")} changed by editing tools, net.`}{" "}
          {files.items.length > 0 && <LinesChanged lines={total} />}
          {total.unknown > 0 && ` and ${plural(total.unknown, "file")} of which it is not known`}
        </p>
      </header>
      {rows.length > 0 && (
        <div className="files-tree" role="tree" aria-label="Changed files" onKeyDown={onKeyDown}>
          {rows.map(({ node, depth }, place) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys of all its lines
            <div
              key={keyOf(node)}
              role="treeitem"
              className={`files-row files-row-${node.kind}`}
              style={{ paddingInlineStart: `${Math.min(depth, 8) * 14 + 4}px` }}
              tabIndex={place === at ? 0 : -1}
              aria-level={depth + 1}
              aria-selected={place === at}
              aria-expanded={node.kind === "folder" ? rows[place + 1]?.node === node.children[0] : undefined}
              onClick={() => press(node)}
            >
              {node.kind === "folder" ? (
                <>
                  <span className="files-name">
                    <Visible text={visibleLine(node.name, 160)} />
                  </span>
                  <LinesChanged lines={node.lines} />
                </>
              ) : (
                <FileRow node={node} />
              )}
            </div>
          ))}
        </div>
      )}
      {unknown.length > 0 && (
        <ul className="files-unknown">
          {unknown.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      {shown && (
        <FileDialog
          file={shown}
          onStep={(index) => {
            setShown(undefined);
            onStep(index);
          }}
          onClose={() => setShown(undefined)}
        />
      )}
    </div>
  );
}

function FileRow({ node: { name, file } }: { node: { name: string; file: ChangedFile } }) {
  const word = CHANGE_WORDS[file.change];
  return (
    <>
      <span className="files-name" title={visibleLine(file.path, 400)}>
        <Visible text={visibleLine(name, 160)} />
        {word !== "" && <span className={`files-word files-word-${file.change}`}> {word}</span>}
      </span>
      {file.edits.length > 1 && <span className="files-edits">{formatCount(file.edits.length)} edits</span>}
      {file.change !== "abandoned" && <LinesChanged lines={file.lines} />}
    </>
  );
}

import { type KeyboardEvent, useState } from "react";
import type { Json } from "@/api/types";
import { formatCount } from "@/format/count";
import { Visible } from "../text/Visible";
import { MEMBERS_AT_ONCE, type TreeLine, treeLines } from "./tree";
import "./json.css";

const OPEN_TO_DEPTH = 2;
const OPEN_TO_SIZE = 12;
const TEXT_MAX = 600;
/** Indentation stops here: deeper lines would leave the page. */
const INDENT_MAX = 24;

/** Any JSON value. Arrow keys move, open and close; Enter opens and closes. */
export function JsonTree({ value, label }: { value: Json; label: string }) {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [shown, setShown] = useState<ReadonlyMap<string, number>>(new Map());
  const [current, setCurrent] = useState("");
  const lines = treeLines(value, {
    isOpen: (path, depth, size) => opened.get(path) ?? (depth < OPEN_TO_DEPTH && size <= OPEN_TO_SIZE),
    membersShown: (path) => shown.get(path) ?? MEMBERS_AT_ONCE,
  });
  const at = Math.max(
    0,
    lines.findIndex((line) => line.path === current),
  );

  function toggle(line: TreeLine, open: boolean) {
    if (line.more !== undefined) {
      const parent = line.path.slice(0, -"/…".length);
      setShown(new Map(shown).set(parent, (shown.get(parent) ?? MEMBERS_AT_ONCE) * 4));
    } else if (line.size) {
      setOpened(new Map(opened).set(line.path, open));
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const line = lines[at];
    if (!line || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const move = nextLine(event.key, lines, at);
    if (move !== undefined) {
      setCurrent(lines[move]?.path ?? "");
      event.currentTarget.querySelectorAll<HTMLElement>("[role='treeitem']")[move]?.focus();
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      toggle(line, event.key === "ArrowRight");
    } else if (event.key === "Enter" || event.key === " ") {
      toggle(line, !line.open);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="json-tree" role="tree" aria-label={label} onKeyDown={onKeyDown}>
      {lines.map((line, place) => (
        <div
          key={line.path}
          role="treeitem"
          className="json-line"
          tabIndex={place === at ? 0 : -1}
          aria-level={line.depth + 1}
          aria-expanded={line.size ? line.open : undefined}
          aria-selected={place === at}
          style={{ paddingInlineStart: `${Math.min(line.depth, INDENT_MAX) * 14}px` }}
          onClick={(event) => {
            event.stopPropagation();
            setCurrent(line.path);
            toggle(line, !line.open);
          }}
          onKeyDown={undefined}
        >
          <Line line={line} />
        </div>
      ))}
    </div>
  );
}

function Line({ line }: { line: TreeLine }) {
  if (line.more !== undefined) {
    return <span className="json-more">{formatCount(line.more)} more</span>;
  }
  return (
    <>
      <span className="json-toggle" aria-hidden="true">
        {line.size ? (line.open ? "▾" : "▸") : ""}
      </span>
      {line.name !== undefined && (
        <span className="json-name">
          <Visible text={line.name.slice(0, TEXT_MAX)} />
        </span>
      )}
      <Value line={line} />
    </>
  );
}

function Value({ line: { value, size, open } }: { line: TreeLine }) {
  if (size !== undefined) {
    const [before, after] = Array.isArray(value) ? "[]" : "{}";
    return (
      <span className="json-size">
        {size === 0 || !open
          ? `${before}${size === 0 ? "" : ` ${formatCount(size)} `}${after}`
          : `${before}${after} ${formatCount(size)}`}
      </span>
    );
  }
  if (typeof value === "string") {
    const cut = value.length > TEXT_MAX;
    return (
      <span className="json-text">
        <Visible text={cut ? value.slice(0, TEXT_MAX) : value} />
        {cut && <span className="json-more"> … {formatCount(value.length - TEXT_MAX)} more characters</span>}
      </span>
    );
  }
  return <span className="json-plain">{String(value)}</span>;
}

function nextLine(key: string, lines: TreeLine[], at: number): number | undefined {
  const line = lines[at];
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, lines.length - 1);
    case "ArrowUp":
      return Math.max(at - 1, 0);
    case "Home":
      return 0;
    case "End":
      return lines.length - 1;
    case "ArrowRight":
      return line?.open ? at + 1 : undefined;
    case "ArrowLeft": {
      if (!line || line.open) {
        return undefined;
      }
      const parent = lines.slice(0, at).findLastIndex((other) => other.depth < line.depth);
      return parent === -1 ? undefined : parent;
    }
    default:
      return undefined;
  }
}

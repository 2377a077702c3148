/**
 * The Markdown that models write, as a tree: headings, lists, quotes, code, tables, emphasis, links. HTML in it
 * is text. Every loop moves forward and every nesting is bounded, so that no input is slow.
 */
import { safeLink } from "./links";
import { markedLength } from "./redactions";

export type Block =
  | { kind: "heading"; level: number; inlines: Inline[] }
  | { kind: "paragraph"; inlines: Inline[] }
  | { kind: "code"; info: string; text: string }
  | { kind: "quote"; blocks: Block[] }
  | { kind: "list"; ordered: boolean; start: number; items: Block[][] }
  | { kind: "table"; aligns: Align[]; head: Inline[][]; rows: Inline[][][] }
  | { kind: "rule" };

export type Align = "left" | "center" | "right";

export type Inline =
  | { kind: "text"; text: string }
  | { kind: "code"; text: string }
  | { kind: "strong" | "emphasis" | "strike"; inlines: Inline[] }
  | { kind: "link"; href: string; shown: string; inlines: Inline[]; image: boolean; title?: string };

const DEPTH_MAX = 6;
const INLINE_DEPTH_MAX = 6;
/** How far a closing mark is looked for. */
const REACH = 2_000;

export function parseMarkdown(text: string): Block[] {
  return blocksOf(text.replaceAll("\r\n", "\n").split("\n"), 0);
}

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^`]*)$/;
const HEADING = /^ {0,3}(#{1,6})(?:\s+(.*?))?(?:\s+#+)?\s*$/;
const RULE = /^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$/;
const ITEM = /^( {0,12})([-*+]|\d{1,9}[.)])(?: {1,4}(?! )|\t|$)(.*)$/;
const QUOTE = /^ {0,3}> ?/;
const DIVIDER = /^ {0,3}\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/;

function blocksOf(lines: string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) {
      blocks.push({ kind: "paragraph", inlines: parseInlines(paragraph.join("\n")) });
      paragraph = [];
    }
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? "";
    const fence = FENCE.exec(line);
    const heading = HEADING.exec(line);
    const item = ITEM.exec(line);
    if (line.trim() === "") {
      endParagraph();
      at++;
    } else if (fence) {
      endParagraph();
      const [code, next] = takeFence(lines, at, fence);
      blocks.push(code);
      at = next;
    } else if (heading) {
      endParagraph();
      blocks.push({
        kind: "heading",
        level: heading[1]?.length ?? 1,
        inlines: parseInlines(heading[2] ?? ""),
      });
      at++;
    } else if (RULE.test(line)) {
      endParagraph();
      blocks.push({ kind: "rule" });
      at++;
    } else if (depth < DEPTH_MAX && QUOTE.test(line)) {
      endParagraph();
      const start = at;
      while (
        at < lines.length &&
        (lines[at] ?? "").trim() !== "" &&
        (QUOTE.test(lines[at] ?? "") || at > start)
      ) {
        at++;
      }
      const inner = lines.slice(start, at).map((quoted) => quoted.replace(QUOTE, ""));
      blocks.push({ kind: "quote", blocks: blocksOf(inner, depth + 1) });
    } else if (depth < DEPTH_MAX && item && (paragraph.length === 0 || startsList(item))) {
      endParagraph();
      const [list, next] = takeList(lines, at, depth);
      blocks.push(list);
      at = next;
    } else if (
      line.includes("|") &&
      DIVIDER.test(lines[at + 1] ?? "") &&
      (lines[at + 1] ?? "").includes("-")
    ) {
      const table = takeTable(lines, at);
      if (table) {
        endParagraph();
        blocks.push(table[0]);
        at = table[1];
      } else {
        paragraph.push(line);
        at++;
      }
    } else {
      paragraph.push(line);
      at++;
    }
  }
  endParagraph();
  return blocks;
}

/** Within a paragraph only a bullet or a list from 1 begins a list: a line may well start with "2026.". */
const startsList = (item: RegExpExecArray) =>
  !/^\d/.test(item[2] ?? "") || Number.parseInt(item[2] ?? "", 10) === 1;

function takeFence(lines: string[], at: number, fence: RegExpExecArray): [Block, number] {
  const mark = fence[1] ?? "```";
  const body: string[] = [];
  let next = at + 1;
  while (next < lines.length) {
    const line = (lines[next] ?? "").trim();
    next++;
    if (line.length >= mark.length && line === (mark[0] ?? "`").repeat(line.length)) {
      break;
    }
    body.push(lines[next - 1] ?? "");
  }
  return [{ kind: "code", info: (fence[2] ?? "").trim(), text: body.join("\n") }, next];
}

function takeList(lines: string[], at: number, depth: number): [Block, number] {
  const first = ITEM.exec(lines[at] ?? "");
  const indent = first?.[1]?.length ?? 0;
  const ordered = /^\d/.test(first?.[2] ?? "");
  const items: string[][] = [];
  let next = at;
  let blankBefore = false;
  while (next < lines.length) {
    const line = lines[next] ?? "";
    const item = ITEM.exec(line);
    const itemIndent = item?.[1]?.length ?? 0;
    const current = items.at(-1);
    if (item && itemIndent <= indent + 1 && itemIndent >= indent && /^\d/.test(item[2] ?? "") === ordered) {
      items.push([item[3] ?? ""]);
    } else if (line.trim() === "") {
      current?.push("");
    } else if (current && indentOf(line) > indent) {
      current.push(line.slice(Math.min(indentOf(line), indent + (item ? 2 : 2))));
    } else if (
      current &&
      !blankBefore &&
      !item &&
      !HEADING.test(line) &&
      !FENCE.test(line) &&
      !QUOTE.test(line)
    ) {
      // The paragraph of an item goes on without being indented.
      current.push(line);
    } else {
      break;
    }
    blankBefore = line.trim() === "";
    next++;
  }
  const start = Number.parseInt(first?.[2] ?? "1", 10);
  return [
    {
      kind: "list",
      ordered,
      start: Number.isFinite(start) ? start : 1,
      items: items.map((item) => blocksOf(item, depth + 1)),
    },
    next,
  ];
}

const indentOf = (line: string) => line.length - line.trimStart().length;

function takeTable(lines: string[], at: number): [Block, number] | undefined {
  const head = cellsOf(lines[at] ?? "");
  const aligns = cellsOf(lines[at + 1] ?? "").map(alignOf);
  if (head.length !== aligns.length) {
    return undefined;
  }
  const rows: Inline[][][] = [];
  let next = at + 2;
  while (next < lines.length && (lines[next] ?? "").includes("|") && (lines[next] ?? "").trim() !== "") {
    const cells = cellsOf(lines[next] ?? "");
    rows.push(head.map((_, column) => parseInlines(cells[column] ?? "")));
    next++;
  }
  return [{ kind: "table", aligns, head: head.map((cell) => parseInlines(cell)), rows }, next];
}

function cellsOf(line: string): string[] {
  const cells = line
    .trim()
    .replace(/^\|/, "")
    .split(/(?<!\\)\|/);
  if (cells.at(-1)?.trim() === "") {
    cells.pop();
  }
  return cells.map((cell) => cell.trim().replaceAll("\\|", "|"));
}

const alignOf = (cell: string): Align =>
  cell.endsWith(":") ? (cell.startsWith(":") ? "center" : "right") : "left";

const BARE_LINK = /https?:\/\/[^\s<>"'`\\|\p{C}]+/uy;

export function parseInlines(text: string, depth = 0): Inline[] {
  const inlines: Inline[] = [];
  let plain = "";
  const push = (inline: Inline) => {
    if (plain !== "") {
      inlines.push({ kind: "text", text: plain });
      plain = "";
    }
    inlines.push(inline);
  };
  for (let at = 0; at < text.length; ) {
    const redaction = markedLength(text, at);
    if (redaction > 0) {
      // Its brackets are no link's.
      plain += text.slice(at, at + redaction);
      at += redaction;
      continue;
    }
    const found = depth < INLINE_DEPTH_MAX ? inlineAt(text, at, depth) : undefined;
    if (found) {
      push(found.inline);
      at = found.next;
    } else if (text[at] === "\\" && /[!-/:-@[-`{-~]/.test(text[at + 1] ?? "")) {
      plain += text[at + 1];
      at += 2;
    } else {
      plain += text[at];
      at++;
    }
  }
  if (plain !== "") {
    inlines.push({ kind: "text", text: plain });
  }
  return inlines;
}

interface Found {
  inline: Inline;
  next: number;
}

function inlineAt(text: string, at: number, depth: number): Found | undefined {
  switch (text[at]) {
    case "`":
      return codeAt(text, at);
    case "[":
      return linkAt(text, at, depth, false);
    case "!":
      return text[at + 1] === "[" ? linkAt(text, at + 1, depth, true) : undefined;
    case "*":
    case "_":
      return emphasisAt(text, at, depth);
    case "~":
      return text[at + 1] === "~" ? between(text, at, "~~", "strike", depth) : undefined;
    case "h":
      return bareLinkAt(text, at);
    default:
      return undefined;
  }
}

function codeAt(text: string, at: number): Found | undefined {
  let ticks = 1;
  while (text[at + ticks] === "`" && ticks < 8) {
    ticks++;
  }
  const mark = "`".repeat(ticks);
  const start = at + ticks;
  const end = indexWithin(text, mark, start);
  if (end === -1 || text[end + ticks] === "`") {
    return undefined;
  }
  const inner = text.slice(start, end);
  const padded = /^ .* $/s.test(inner) && inner.trim() !== "";
  return { inline: { kind: "code", text: padded ? inner.slice(1, -1) : inner }, next: end + ticks };
}

function linkAt(text: string, at: number, depth: number, image: boolean): Found | undefined {
  const close = indexWithin(text, "](", at);
  const label = text.slice(at + 1, close);
  // The innermost bracket is the link; one that holds another is text.
  if (close === -1 || label.includes("[")) {
    return undefined;
  }
  const end = indexWithin(text, ")", close + 2);
  if (end === -1) {
    return undefined;
  }
  const inside = text.slice(close + 2, end).trim();
  const [title] = /\s+["'(].*$/s.exec(inside) ?? [];
  const target = inside.slice(0, inside.length - (title?.length ?? 0)).replace(/^<(.*)>$/, "$1");
  const link = safeLink(target);
  if (!link) {
    return undefined;
  }
  const inline = { kind: "link" as const, ...link, inlines: parseInlines(label, depth + 1), image };
  return {
    inline: title === undefined ? inline : { ...inline, title: title.trim() },
    next: end + 1,
  };
}

function emphasisAt(text: string, at: number, depth: number): Found | undefined {
  const letter = text[at] ?? "*";
  // snake_case is no emphasis.
  if (letter === "_" && /[\p{L}\p{N}]/u.test(text[at - 1] ?? "")) {
    return undefined;
  }
  return text[at + 1] === letter
    ? between(text, at, letter + letter, "strong", depth)
    : between(text, at, letter, "emphasis", depth);
}

function between(
  text: string,
  at: number,
  mark: string,
  kind: "strong" | "emphasis" | "strike",
  depth: number,
): Found | undefined {
  const start = at + mark.length;
  if (/^\s|^$/.test(text[start] ?? "")) {
    return undefined;
  }
  let end = indexWithin(text, mark, start + 1);
  // Not `**` for the end of `*`.
  while (end !== -1 && mark.length === 1 && (text[end + 1] === mark || text[end - 1] === mark)) {
    end = indexWithin(text, mark, end + 2);
  }
  if (
    end === -1 ||
    /\s/.test(text[end - 1] ?? "") ||
    (mark === "_" && /[\p{L}\p{N}]/u.test(text[end + 1] ?? ""))
  ) {
    return undefined;
  }
  return {
    inline: { kind, inlines: parseInlines(text.slice(start, end), depth + 1) },
    next: end + mark.length,
  };
}

function bareLinkAt(text: string, at: number): Found | undefined {
  // `view-source:https://…` and the like are no link: what stands before it changes where it leads.
  if (!text.startsWith("http", at) || !/[\s([{<"'“‘*_~|]|^$/.test(text[at - 1] ?? "")) {
    return undefined;
  }
  BARE_LINK.lastIndex = at;
  const found = BARE_LINK.exec(text)?.[0].replace(/[.,;:!?)\]*_~]+$/, "");
  const link = found === undefined ? undefined : safeLink(found);
  if (!link || found === undefined) {
    return undefined;
  }
  return {
    inline: { kind: "link", ...link, inlines: [{ kind: "text", text: found }], image: false },
    next: at + found.length,
  };
}

/** `indexOf` that gives up: a text full of opening marks would otherwise be searched to its end for each. */
function indexWithin(text: string, mark: string, from: number): number {
  const end = text.slice(from, from + REACH).indexOf(mark);
  return end === -1 ? -1 : from + end;
}

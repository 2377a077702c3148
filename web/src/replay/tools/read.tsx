import { useState } from "react";
import type { Json, Tool } from "@/api/types";
import { plural } from "@/format/count";
import { bytesMissing, LongText } from "../text/LongText";
import { Visible } from "../text/Visible";
import { linesFrom, type NumberedLine, numberedLines } from "./numbered-lines";
import { Output } from "./Output";
import { member, numberOf, recordsOf, textOf } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

const LINES_FOLDED = 8;
const LINES_AT_ONCE = 400;
const LINE_MAX = 1_000;

export const read: ToolView = {
  names: ["Read"],
  summary: ({ input }) => textOf(input, "file_path"),
  aside: rangeOf,
  Body: ReadBody,
};

function rangeOf({ input, result }: Tool): string | undefined {
  const file = member(result, "file");
  const total = numberOf(file, "totalLines");
  const from = numberOf(input, "offset") ?? numberOf(file, "startLine");
  const count = numberOf(file, "numLines");
  if (from !== undefined && count !== undefined && total !== undefined && count < total) {
    return `lines ${from}–${from + count - 1} of ${total}`;
  }
  const limit = numberOf(input, "limit");
  if (numberOf(input, "offset") !== undefined || limit !== undefined) {
    return `from line ${from ?? 1}${limit === undefined ? "" : `, ${plural(limit, "line")}`}`;
  }
  return total === undefined ? undefined : plural(total, "line");
}

function ReadBody(props: ToolBodyProps) {
  const { step, tool, open, onOpen } = props;
  if (tool.is_error) {
    return null;
  }
  if (textOf(tool.result, "type") === "notebook") {
    return <Cells cells={member(tool.result, "file") ?? null} {...props} />;
  }
  const lines = linesOf(tool);
  if (!lines) {
    return <Output {...props} />;
  }
  const cut = typeof tool.output === "string" && bytesMissing(tool.output, tool.output_bytes) > 0 && open;
  // Opened and longer than what came: the rest is fetched as text, with the client's own numbers.
  return cut && tool.result === null && typeof tool.output === "string" ? (
    <div className="tool-output">
      <LongText
        text={tool.output}
        bytes={tool.output_bytes}
        step={step.id}
        field="output"
        open={open}
        onOpen={onOpen}
      />
    </div>
  ) : (
    <div className="tool-output">
      <Lines lines={lines} all={totalOf(tool, lines)} open={open} onOpen={onOpen} />
    </div>
  );
}

function linesOf({ output, result }: Tool): NumberedLine[] | undefined {
  const file = member(result, "file");
  const content = textOf(file, "content");
  if (content !== undefined && textOf(result, "type") === "text") {
    return linesFrom(content, numberOf(file, "startLine") ?? 1);
  }
  return typeof output === "string" ? numberedLines(output) : undefined;
}

/** How many lines there are in all: what came may be the beginning only. */
function totalOf(tool: Tool, lines: NumberedLine[]): number | undefined {
  const cut = typeof tool.output === "string" && bytesMissing(tool.output, tool.output_bytes) > 0;
  return tool.result === null && cut ? undefined : lines.length;
}

function Lines({
  lines,
  all,
  open,
  onOpen,
}: {
  lines: NumberedLine[];
  all: number | undefined;
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  const [most, setMost] = useState(LINES_AT_ONCE);
  const budget = open ? most : lines.length <= LINES_FOLDED + 4 ? lines.length : LINES_FOLDED;
  const left = lines.length - budget;
  return (
    <>
      <div className="numbered">
        {lines.slice(0, budget).map(({ number, text }) => (
          <div key={number} className="numbered-line" data-line={number}>
            <Visible text={text.slice(0, LINE_MAX)} />
            {text.length > LINE_MAX && <span className="quiet"> … line shown in part</span>}
          </div>
        ))}
      </div>
      {(left > 0 || all === undefined) && (
        <button
          type="button"
          className="long-text-more"
          onClick={() => (open ? setMost(most + LINES_AT_ONCE) : onOpen(true))}
        >
          {all === undefined ? "More lines" : plural(left, "more line")}
        </button>
      )}
      {open && left <= 0 && lines.length > LINES_FOLDED + 4 && (
        <button type="button" className="long-text-more" onClick={() => onOpen(false)}>
          Fold
        </button>
      )}
    </>
  );
}

const CELLS_MAX = 50;

function Cells({ cells: file, step, open, onOpen }: ToolBodyProps & { cells: Json }) {
  const cells = recordsOf(file, "cells") ?? [];
  return (
    <div className="tool-output">
      {cells.slice(0, CELLS_MAX).map((cell, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cells of a notebook do not move
        <div key={place} className="notebook-cell">
          <span className="tool-label">
            <Visible text={textOf(cell, "cellType") ?? textOf(cell, "cell_type") ?? "cell"} />{" "}
            <Visible text={textOf(cell, "cell_id") ?? textOf(cell, "id") ?? ""} />
          </span>
          <LongText text={sourceOf(cell.source)} step={step.id} field="result" open={open} onOpen={onOpen} />
        </div>
      ))}
      {cells.length > CELLS_MAX && (
        <p className="tool-remark">{plural(cells.length - CELLS_MAX, "more cell")}</p>
      )}
    </div>
  );
}

/** A cell's source is a text or a list of lines. */
function sourceOf(source: Json | undefined): string {
  if (typeof source === "string") {
    return source;
  }
  return Array.isArray(source) ? source.filter((line) => typeof line === "string").join("") : "";
}

import { useMemo } from "react";
import type { Json, Step } from "@/api/types";
import { DataTableView } from "../json/DataTableView";
import { JsonTree } from "../json/JsonTree";
import { tableOf } from "../json/table";
import { Block, Payload } from "./Output";
import { blocksOf, parsedJson } from "./output";
import { asRecord, asText, member } from "./shapes";
import type { ToolBodyProps, ToolView } from "./tool-view";

/** Tools of MCP servers, whose names say nothing of their results: those are shown by their shape. */
export const mcp: ToolView = {
  names: [],
  summary: ({ input }) => argumentsLine(input),
  Body: McpBody,
};

const LINE_MAX = 160;
const STRUCTURE_MAX = 400_000;

/** `id: INV-42, month: 2026-10`: the plain members; lists and objects are for the tree. */
export function argumentsLine(input: Json): string | undefined {
  const record = asRecord(input);
  if (!record) {
    return asText(input);
  }
  const line = Object.entries(record)
    .filter(([, value]) => isPlain(value))
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join(", ");
  return line.length > LINE_MAX ? `${line.slice(0, LINE_MAX)}…` : line;
}

/** Whether arguments say more than fits the head line of a call. */
export function needsTree(input: Json): boolean {
  const record = asRecord(input);
  return (
    record !== undefined &&
    (!Object.values(record).every(isPlain) || (argumentsLine(input)?.length ?? 0) > LINE_MAX / 2)
  );
}

const isPlain = (value: Json) => value === null || typeof value !== "object";

function McpBody({ step, tool, open, onOpen }: ToolBodyProps) {
  // Structured content says the same as the text beside it, and says it better.
  const structured = member(tool.result, "structuredContent");
  const blocks = structured === undefined ? blocksOf(tool.output ?? tool.result) : [];
  return (
    <>
      {needsTree(tool.input) && <Payload value={tool.input} label="Arguments" />}
      {tool.is_error ? null : structured !== undefined ? (
        <Structured value={structured} open={open} onOpen={onOpen} />
      ) : (
        blocks.map((block, place) =>
          block.kind === "text" ? (
            <TextResult
              // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a result do not move
              key={place}
              text={block.text}
              bytes={typeof tool.output === "string" ? tool.output_bytes : undefined}
              step={step}
              open={open}
              onOpen={onOpen}
            />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a result do not move
            <Block key={place} block={block} step={step} open={open} onOpen={onOpen} />
          ),
        )
      )}
    </>
  );
}

interface ResultProps {
  open: boolean;
  onOpen: (open: boolean) => void;
}

function TextResult({
  text,
  bytes,
  step,
  ...fold
}: ResultProps & { text: string; bytes: number | undefined; step: Step }) {
  const value = useMemo(() => (text.length > STRUCTURE_MAX ? undefined : parsedJson(text)), [text]);
  return value === undefined ? (
    <Block block={{ kind: "text", text }} step={step} bytes={bytes} {...fold} />
  ) : (
    <Structured value={value} {...fold} />
  );
}

function Structured({ value, open, onOpen }: ResultProps & { value: Json }) {
  const table = useMemo(() => tableOf(value), [value]);
  return (
    <div className="tool-output">
      {table ? (
        <DataTableView table={table} open={open} onOpen={onOpen} />
      ) : (
        <JsonTree value={value} label="Result" />
      )}
    </div>
  );
}

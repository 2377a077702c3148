import type { Json, Step, Tool } from "@/api/types";
import { formatBytes } from "@/format/count";
import { JsonTree } from "../json/JsonTree";
import { ExternalLink } from "../text/ExternalLink";
import { LongText } from "../text/LongText";
import { visibleLine } from "../text/visible";
import { blocksOf, type OutputBlock } from "./output";
import { Picture } from "./Picture";
import type { ToolBodyProps } from "./tool-view";

/** What the model saw of a call: text as from a terminal, pictures, and whatever else there is. */
export function Output({ step, tool, open, onOpen }: ToolBodyProps) {
  if (tool.is_error) {
    return null;
  }
  const blocks = blocksOf(tool.output);
  const text = tool.output_bytes !== undefined && typeof tool.output === "string";
  return blocks.map((block, place) => (
    <Block
      // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of an output do not move
      key={place}
      block={block}
      step={step}
      bytes={text ? tool.output_bytes : undefined}
      open={open}
      onOpen={onOpen}
    />
  ));
}

export function Block({
  block,
  step,
  bytes,
  open,
  onOpen,
}: {
  block: OutputBlock;
  step: Step;
  bytes?: number | undefined;
  open: boolean;
  onOpen: (open: boolean) => void;
}) {
  switch (block.kind) {
    case "text":
      return (
        <div className="tool-output">
          <LongText
            text={block.text}
            bytes={bytes}
            step={step.id}
            field="output"
            open={open}
            onOpen={onOpen}
            terminal
          />
        </div>
      );
    case "picture":
      return <Picture mediaType={block.mediaType} base64={block.base64} />;
    case "document":
      return (
        <p className="tool-remark">
          {visibleLine(block.mediaType, 80)}, {formatBytes(Math.floor((block.base64Length * 3) / 4))}: not
          shown, to be downloaded in the inspector
        </p>
      );
    case "resource":
      return (
        <div className="tool-output">
          <p className="tool-remark">
            Resource <ExternalLink target={block.uri} />
            {block.mediaType && ` · ${visibleLine(block.mediaType, 80)}`}
          </p>
          {block.text !== undefined && (
            <LongText text={block.text} step={step.id} field="output" open={open} onOpen={onOpen} />
          )}
        </div>
      );
    case "other":
      return (
        <div className="tool-output">
          <JsonTree value={block.value} label="Output" />
        </div>
      );
  }
}

/** Any payload as a tree, for what has no better form. */
export function Payload({ value, label }: { value: Json; label: string }) {
  return (
    <div className="tool-output">
      <JsonTree value={value} label={label} />
    </div>
  );
}

/** Says that something was not captured, and how long it was. */
export function NotCaptured({
  tool,
  field,
  label,
}: {
  tool: Tool;
  field: "input" | "output";
  label: string;
}) {
  const bytes = tool[`${field}_bytes`];
  return (
    <p className="tool-remark">
      {label} not captured{bytes ? ` (${formatBytes(bytes)})` : ""}
    </p>
  );
}

/** What the model was given back, in the forms that clients record it. */
import type { Json, Tool } from "@/api/types";
import { asArray, asRecord, asText, member, textOf } from "./shapes";

export type OutputBlock =
  | { kind: "text"; text: string }
  | { kind: "picture"; mediaType: string; base64: string }
  | { kind: "document"; mediaType: string; base64Length: number }
  | { kind: "resource"; uri: string; mediaType: string | undefined; text: string | undefined }
  | { kind: "other"; value: Json };

/** Output and MCP results are a text, or a list of content blocks. */
export function blocksOf(value: Json): OutputBlock[] {
  if (value === null) {
    return [];
  }
  if (typeof value === "string") {
    return value === "" ? [] : [{ kind: "text", text: value }];
  }
  const list = asArray(value);
  if (list?.every((each) => textOf(each, "type") !== undefined)) {
    return list.map(blockOf);
  }
  return [{ kind: "other", value }];
}

function blockOf(value: Json): OutputBlock {
  const text = textOf(value, "text");
  switch (textOf(value, "type")) {
    case "text":
      return text === undefined ? { kind: "other", value } : { kind: "text", text };
    case "image": {
      // The model's form has a `source`, the protocol's own has the data beside the type.
      const source = asRecord(member(value, "source")) ?? asRecord(value);
      const mediaType = asText(source?.media_type) ?? asText(source?.mimeType);
      const base64 = asText(source?.data);
      return mediaType && base64 ? { kind: "picture", mediaType, base64 } : { kind: "other", value };
    }
    case "document": {
      const source = member(value, "source");
      return {
        kind: "document",
        mediaType: textOf(source, "media_type") ?? "document",
        base64Length: textOf(source, "data")?.length ?? 0,
      };
    }
    case "resource": {
      const resource = member(value, "resource");
      const uri = textOf(resource, "uri");
      return uri === undefined
        ? { kind: "other", value }
        : { kind: "resource", uri, mediaType: textOf(resource, "mimeType"), text: textOf(resource, "text") };
    }
    case "resource_link": {
      const uri = textOf(value, "uri");
      return uri === undefined
        ? { kind: "other", value }
        : { kind: "resource", uri, mediaType: textOf(value, "mimeType"), text: textOf(value, "description") };
    }
    default:
      return { kind: "other", value };
  }
}

/** The texts of an output as one. */
export function outputText(value: Json): string | undefined {
  const texts = blocksOf(value).flatMap((block) => (block.kind === "text" ? [block.text] : []));
  return texts.length === 0 ? undefined : texts.join("\n");
}

/** A text that is a JSON object or list; undefined for any other. */
export function parsedJson(text: string): Json | undefined {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed) || !/[\]}]$/.test(trimmed)) {
    return undefined;
  }
  try {
    return JSON.parse(trimmed) as Json;
  } catch {
    return undefined;
  }
}

/** The part of a call that was captured, however the source cut it. */
export type PayloadState = "there" | "elsewhere" | "not_captured" | "none";

/** Whether a payload is here, is to be fetched, or was never captured. */
export function payloadState(tool: Tool, field: "input" | "output" | "result"): PayloadState {
  if (tool[field] !== null && tool[field] !== undefined) {
    return "there";
  }
  if (tool[`${field}_ref`]) {
    return "elsewhere";
  }
  return tool[`${field}_bytes`] ? "not_captured" : "none";
}

const WRAPPER = /^<tool_use_error>([\s\S]*)<\/tool_use_error>$/;

/** Why a call failed, and the exit code where there is one. */
export function failureOf(tool: Tool): { exitCode: number | undefined; text: string } {
  const told = tool.error ?? outputText(tool.output) ?? asText(tool.result) ?? "";
  const text = told.replace(WRAPPER, "$1").replace(/^Error: /, "");
  const exit = /^Exit code (\d+)(?:\n|$)/.exec(text);
  return exit
    ? { exitCode: Number(exit[1]), text: text.slice(exit[0].length) }
    : { exitCode: undefined, text };
}

/** Documents of the API with the true placeholders of their texts marked. */
import type {
  ContentPiece,
  Json,
  PayloadRedaction,
  RedactionSpan,
  SessionHead,
  Step,
  StepRow,
  Tool,
  TurnRow,
} from "@/api/types";
import { marked, type Placeholder, placeholdersIn } from "./text/redactions";

export function markedHead(head: SessionHead): SessionHead {
  return head.title === null ? head : { ...head, title: marked(head.title, head.title_redactions) };
}

export function markedTurn(turn: TurnRow): TurnRow {
  const { prompt } = turn;
  return prompt.text === null || !prompt.text_redactions
    ? turn
    : { ...turn, prompt: { ...prompt, text: marked(prompt.text, prompt.text_redactions) } };
}

export function markedRow(row: StepRow): StepRow {
  const step = markedStep(row.step);
  return step === row.step ? row : { ...row, step };
}

export function markedPiece(piece: ContentPiece): ContentPiece {
  return { ...piece, text: marked(piece.text, piece.redactions) };
}

function markedStep(step: Step): Step {
  const tool = step.tool && markedTool(step.tool);
  if (!step.text_redactions && tool === step.tool) {
    return step;
  }
  return { ...step, text: step.text && marked(step.text, step.text_redactions), ...(tool && { tool }) };
}

function markedTool(tool: Tool): Tool {
  const { input_redactions, output_redactions, result_redactions, error_redactions } = tool;
  if (!input_redactions && !output_redactions && !result_redactions && !error_redactions) {
    return tool;
  }
  return {
    ...tool,
    input: markedPayload(tool.input, input_redactions),
    output: markedPayload(tool.output, output_redactions),
    result: markedPayload(tool.result, result_redactions),
    error: tool.error && marked(tool.error, error_redactions),
  };
}

/** Only what leads to a marked text is made anew. */
export function markedPayload(payload: Json, redactions: readonly PayloadRedaction[] | undefined): Json {
  const byPointer = new Map<string, RedactionSpan[]>();
  for (const { pointer, ...span } of redactions ?? []) {
    byPointer.set(pointer, [...(byPointer.get(pointer) ?? []), span]);
  }
  let result = payload;
  for (const [pointer, spans] of byPointer) {
    const tokens = pointer
      .split("/")
      .slice(1)
      .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
    result = withText(result, tokens, (text) => marked(text, spans));
  }
  return result;
}

/** Without recursion: captured JSON may be nested deeper than the stack is. */
function withText(root: Json, tokens: readonly string[], change: (text: string) => string): Json {
  const parents: Json[] = [];
  let value: Json | undefined = root;
  for (const token of tokens) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, token)) {
      return root;
    }
    parents.push(value);
    value = Array.isArray(value) ? value[Number(token)] : value[token];
  }
  if (typeof value !== "string") {
    return root;
  }
  let made: Json = change(value);
  for (const [place, parent] of [...parents.entries()].reverse()) {
    const token = tokens[place] ?? "";
    // A computed key is the object's own, also when it is called `__proto__`.
    made = Array.isArray(parent)
      ? parent.with(Number(token), made)
      : { ...(parent as { [key: string]: Json }), [token]: made };
  }
  return made;
}

/** What was redacted of one type in a step. */
export interface RedactedKind {
  kind: string;
  count: number;
  /** Of what could not be guessed: one for each value. */
  fingerprints: string[];
}

/** By type, in the order in which they stand. What the client told twice counts in both places. */
export function redactedKinds({ text, tool }: Step): RedactedKind[] {
  const kinds = new Map<string, RedactedKind>();
  const add = ({ kind, fingerprint }: Placeholder) => {
    const of = kinds.get(kind) ?? { kind, count: 0, fingerprints: [] };
    kinds.set(kind, of);
    of.count++;
    if (fingerprint !== undefined && !of.fingerprints.includes(fingerprint)) {
      of.fingerprints.push(fingerprint);
    }
  };
  const waiting: (Json | undefined)[] = [tool?.error, tool?.result, tool?.output, tool?.input, text];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value === "string") {
      placeholdersIn(value).forEach(add);
    } else if (typeof value === "object" && value !== null) {
      waiting.push(...Object.values(value).reverse());
    }
  }
  return [...kinds.values()];
}

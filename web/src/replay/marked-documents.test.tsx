import { fireEvent } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Json, Step, StepRow as StepItem } from "@/api/types";
import { StepFacts } from "./inspector/StepFacts";
import { markedPayload, markedRow, redactedKinds } from "./marked-documents";
import { renderInReplay } from "./testing/render-replay";
import { pieces } from "./text/redactions";
import { StepRow } from "./transcript/StepRow";

const KEY = "[redacted:aws-key:0123456789]";
const span = { kind: "aws-key", start: 0, end: KEY.length };

function callWithKey(): StepItem {
  const tool = {
    use_id: "use",
    name: "Bash",
    input: { command: `deploy --key=${KEY}` },
    input_redactions: [
      {
        ...span,
        pointer: "/command",
        start: "deploy --key=".length,
        end: "deploy --key=".length + KEY.length,
      },
    ],
    output: `${KEY} is not ${KEY}`,
    output_redactions: [{ ...span, pointer: "" }],
    result: null,
    is_error: false,
    error: null,
    decision: null,
    decision_source: null,
    mcp: null,
  };
  const step = {
    ...{ id: "call", kind: "tool_call", aliases: [], agent_id: null, at: null, duration_us: null },
    ...{ witnesses: [], records: [], text: null, tool },
  };
  return { index: 0, turn_id: "turn", turn_index: 0, step: step as unknown as Step };
}

describe("markedPayload", () => {
  it("marks what the pointer leads to, and leaves the rest as it is", () => {
    const payload: Json = { "a/b": [{ "~": KEY }, { other: KEY }], kept: { deep: 1 } };
    const made = markedPayload(payload, [{ ...span, pointer: "/a~1b/0/~0" }]) as typeof payload;
    const list = made["a/b"] as { [key: string]: string }[];
    expect(pieces(list[0]?.["~"] ?? "")).toEqual([{ kind: "aws-key", fingerprint: "0123456789" }]);
    expect(list[1]?.other).toBe(KEY);
    expect(made.kept).toBe(payload.kept);
    expect(payload["a/b"]).toEqual([{ "~": KEY }, { other: KEY }]);
  });

  it("takes pointers that lead nowhere for nothing", () => {
    const payload = JSON.parse(`{"__proto__": "${KEY}", "list": ["${KEY}"], "number": 1}`) as Json;
    for (const pointer of ["/none", "/list/7", "/list/length", "/number", "/toString", "", "list"]) {
      expect(markedPayload(payload, [{ ...span, pointer }]), pointer).toBe(payload);
    }
    const own = markedPayload(payload, [{ ...span, pointer: "/__proto__" }]);
    expect(Object.keys(own as object)).toEqual(["__proto__", "list", "number"]);
  });
});

describe("a step with redactions", () => {
  it("shows true placeholders as such, and typed ones as they were typed", async () => {
    const element = await renderInReplay(<StepRow step={markedRow(callWithKey()).step} turn={undefined} />);
    const chips = [...element.querySelectorAll<HTMLElement>(".redaction")];
    expect(chips).toHaveLength(2);
    expect(chips[0]?.title).toBe("Redacted: AWS keys (aws-key), fingerprint 0123456789");
    expect(chips[0]?.textContent).toBe(KEY);
    expect(element.querySelector(".tool-output")?.textContent).toBe(`${KEY} is not ${KEY}`);
  });

  it("shows all of one value when one is pointed at", async () => {
    const element = await renderInReplay(<StepRow step={markedRow(callWithKey()).step} turn={undefined} />);
    const [chip] = element.querySelectorAll(".redaction");
    expect(element.querySelectorAll(".redaction-same")).toHaveLength(0);
    fireEvent.pointerEnter(chip as Element);
    expect(element.querySelectorAll(".redaction-same")).toHaveLength(2);
    fireEvent.pointerLeave(chip as Element);
    expect(element.querySelectorAll(".redaction-same")).toHaveLength(0);
  });

  it("is summed up by type, without those that were typed", async () => {
    const item = markedRow(callWithKey());
    expect(redactedKinds(item.step)).toEqual([{ kind: "aws-key", count: 2, fingerprints: ["0123456789"] }]);
    expect(redactedKinds(callWithKey().step)).toEqual([]);
    const element = await renderInReplay(<StepFacts item={item} steps={1} />);
    expect(element.textContent).toMatch(/RedactedAWS keys2/);
  });
});

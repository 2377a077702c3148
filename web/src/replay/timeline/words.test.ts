import { expect, it } from "vitest";
import type { AgentRun, TimelineSpan } from "@/api/types";
import { markWords, spanWords } from "./words";

const span = (more: Partial<TimelineSpan>): TimelineSpan => ({
  from: 0,
  to: 3_000_000,
  count: 1,
  errors: 0,
  step: 4,
  turn: 2,
  name: null,
  ...more,
});
const agents = new Map([["a1", { id: "a1", type: "general-purpose" } as AgentRun]]);

it("says what a span is", () => {
  expect(spanWords("turns", span({ errors: 1 }), agents)).toBe("Turn 3, 3.0s, 1 error");
  expect(spanWords("turns", span({ count: 4 }), agents)).toBe("4 turns from turn 3 on, 3.0s");
  expect(spanWords("tools", span({ name: "Bash" }), agents)).toBe("Bash call, 3.0s");
  expect(spanWords("tools", span({ name: null, count: 3, errors: 2 }), agents)).toBe(
    "3 calls, 3.0s, 2 failures",
  );
  expect(spanWords("sub_agents", span({ name: "a1" }), agents)).toBe("Sub-agent general-purpose, 3.0s");
  expect(spanWords("model_requests", span({}), agents)).toBe("Model request, 3.0s");
});

it("says what a mark is, hostile names included", () => {
  expect(markWords({ kind: "error", at: 0, count: 1, step: 0, name: "Bash" })).toBe("Error: Bash");
  expect(markWords({ kind: "error", at: 0, count: 2, step: 0, name: "Bash" })).toBe(
    "2 errors, the first: Bash",
  );
  expect(markWords({ kind: "compaction", at: 0, count: 1, step: 0, name: null })).toBe("Context compacted");
  expect(markWords({ kind: "skill", at: 0, count: 1, step: 0, name: "a\u202eb" })).not.toContain("\u202e");
});

import { describe, expect, it } from "vitest";
import type { Step } from "@/api/types";
import { answerSteps, changedFiles } from "./answer";

const step = (kind: Step["kind"], id: string, fields: Partial<Step> = {}) =>
  ({ kind, id, agent_id: null, text: id, ...fields }) as Step;

const ids = (steps: Step[]) => answerSteps(steps).map(({ id }) => id);

describe("the answer of a turn", () => {
  it("is what was said after the last call", () => {
    expect(ids([step("text", "a"), step("tool_call", "b"), step("text", "c"), step("text", "d")])).toEqual([
      "c",
      "d",
    ]);
  });

  it("is the last text where nothing was said after the last call", () => {
    expect(ids([step("text", "a"), step("text", "b"), step("tool_call", "c")])).toEqual(["b"]);
    expect(ids([step("prompt", "a")])).toEqual([]);
  });

  it("is not a sub-agent's", () => {
    expect(ids([step("text", "a"), step("text", "b", { agent_id: "x" })])).toEqual(["a"]);
  });
});

describe("the files that were changed", () => {
  const call = (id: string, name: string, input: object, fields: Partial<Step> = {}) =>
    step("tool_call", id, { tool: { name, input } as Step["tool"], ...fields } as Partial<Step>);

  it("are those of calls that did something, each once", () => {
    expect(
      changedFiles([
        call("1", "Edit", { file_path: "a" }),
        call("2", "Edit", { file_path: "a" }),
        call("3", "Write", { file_path: "b" }, { is_error: true }),
        call("4", "Read", { file_path: "c" }),
        call("5", "NotebookEdit", { notebook_path: "d" }),
        call("6", "Write", { file_path: 7 }),
        { ...call("7", "Edit", { file_path: "a" }), kind: "permission" },
      ]),
    ).toEqual([
      { path: "a", times: 2, step: "1" },
      { path: "d", times: 1, step: "5" },
    ]);
  });
});

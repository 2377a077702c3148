import { fireEvent, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { AgentRun, Step, Tool } from "@/api/types";
import calls from "../testdata/calls.json";
import { renderInReplay } from "../testing/render-replay";
import { StepRow } from "../transcript/StepRow";
import { toolTitle, viewOf } from "./choose";
import { mcp } from "./mcp";
import { failureOf } from "./output";
import { pictureOf } from "./picture-bytes";
import { textOf } from "./shapes";
import { unknown } from "./unknown";

const steps = calls as unknown as Step[];

function call(name: string, failed = false): Step {
  const found = steps.find((step) => step.tool?.name === name && Boolean(step.tool.is_error) === failed);
  if (!found) {
    throw new Error(`no recorded call of ${name}`);
  }
  return found;
}

const shown = async (step: Step) => renderInReplay(<StepRow step={step} turn={undefined} />);
const words = async (step: Step) => (await shown(step)).textContent;

describe("choosing a view", () => {
  it("goes by the tool's name, by its server, or falls back", () => {
    expect(viewOf({ name: "mcp__ledger__lookup", mcp: null })).toBe(mcp);
    expect(viewOf({ name: "lookup", mcp: { server: "ledger", tool: "lookup" } })).toBe(mcp);
    for (const name of ["NoSuchTool", "constructor", "__proto__", "toString", "", null]) {
      expect(viewOf({ name, mcp: null })).toBe(unknown);
    }
    expect(viewOf({ name: "Bash", mcp: null }).names).toContain("Bash");
  });

  it("calls an MCP tool by its own name", () => {
    expect(toolTitle({ name: "mcp__books__post__now", mcp: null })).toEqual({
      name: "post__now",
      server: "books",
    });
    expect(toolTitle({ name: "Bash", mcp: null })).toEqual({ name: "Bash", server: undefined });
  });
});

describe("recorded calls", () => {
  it.each(steps.map((step) => [step.tool?.name ?? "", step] as const))("%s is shown", async (_, step) => {
    const text = await words(step);
    expect(text).toContain(toolTitle(step.tool as Tool).name);
    expect(text).not.toContain("[object Object]");
    expect(text).not.toContain("undefined");
  });

  it("shows a command and its output", async () => {
    const step = call("Bash");
    expect(await words(step)).toContain(textOf(step.tool?.input, "command")?.split("\n")[0]);
  });

  it("shows why a call failed, with its exit code", async () => {
    expect(await words(call("Bash", true))).toContain("exit code");
    expect(await words(call("NoSuchTool", true))).toContain("No such tool available");
  });

  it("shows an edit as a change with line numbers", async () => {
    const element = await shown(call("Edit"));
    expect(element.querySelectorAll(".diff-added").length).toBeGreaterThan(0);
    expect(element.querySelectorAll(".diff-removed").length).toBeGreaterThan(0);
    expect(element.querySelector(".diff-number[data-line]")).not.toBeNull();
  });

  it("shows a file with the client's line numbers", async () => {
    const element = await shown(call("Read"));
    expect(element.querySelector(".numbered-line[data-line='1']")).not.toBeNull();
  });

  it("marks the chosen answer of a question", async () => {
    const element = await shown(call("AskUserQuestion"));
    expect(element.querySelector(".question-chosen")?.textContent).toContain("Credit in October");
  });

  it("shows to-dos, tasks and plans", async () => {
    expect((await shown(call("TodoWrite"))).querySelectorAll(".task").length).toBe(3);
    expect((await shown(call("TaskList"))).querySelectorAll(".task").length).toBeGreaterThan(0);
    expect((await shown(call("ExitPlanMode"))).querySelector(".markdown-heading")).not.toBeNull();
  });

  it("shows pages found as links with their targets", async () => {
    const links = [...(await shown(call("WebSearch"))).querySelectorAll<HTMLAnchorElement>("a")];
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) {
      expect(link.rel).toBe("noopener nofollow noreferrer");
      expect(link.parentElement?.textContent).toContain(link.href);
    }
  });

  it("shows a picture of an MCP server as a picture", async () => {
    const element = await shown(call("mcp__books__chart"));
    expect(element.querySelector("img")).toBeNull();
    fireEvent.click(within(element).getByRole("button", { name: "Show the picture" }));
    const picture = element.querySelector("img");
    expect(picture?.src).toMatch(/^data:image\/png;base64,/);
    expect(picture?.width).toBeGreaterThan(0);
  });

  it("shows what a sub-agent was, did and reported", async () => {
    const step = call("Agent");
    const run = {
      id: step.started_agent_id,
      type: "reviewer",
      parent_use_id: step.id,
      totals: {
        steps: 7,
        tool_calls: 2,
        errors: 1,
        cost_nanousd: 4_700_000,
        unpriced_requests: 0,
        output_tokens: 91,
      },
    } as AgentRun;
    const element = await renderInReplay(<StepRow step={step} turn={undefined} />, {
      agents: new Map([[run.id, run]]),
    });
    expect(element.textContent).toContain("7 steps");
    expect(element.textContent).toContain("1 error");
    expect(element.textContent).toContain("No problems in app.py.");
    expect(element.querySelector("a")?.getAttribute("href")).toContain(`/agents/${run.id}`);
  });
});

describe("payloads that were not captured", () => {
  it("are named with their size", async () => {
    const step = call("Bash");
    const tool = {
      ...step.tool,
      input: null,
      output: null,
      result: null,
      input_bytes: 60,
      output_bytes: 4000,
    } as Tool;
    const text = await words({ ...step, id: "telemetry", tool });
    expect(text).toContain("Input not captured (60 B)");
    expect(text).toContain("Output not captured (4.0 kB)");
  });
});

describe("denied calls", () => {
  it("say who decided", async () => {
    const step = call("Write");
    const tool = {
      ...step.tool,
      is_error: true,
      error: "no",
      decision: "reject",
      decision_source: "user_reject",
    } as Tool;
    expect(await words({ ...step, id: "denied", is_error: true, tool })).toContain("Denied by the user");
  });
});

describe("failureOf", () => {
  it("takes off what the client wraps around it", () => {
    const tool = { error: null, result: null } as unknown as Tool;
    expect(failureOf({ ...tool, error: "Exit code 3\nout" })).toEqual({ exitCode: 3, text: "out" });
    expect(failureOf({ ...tool, output: "<tool_use_error>Error: gone</tool_use_error>" })).toEqual({
      exitCode: undefined,
      text: "gone",
    });
  });
});

describe("pictureOf", () => {
  const png =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

  it("knows a picture by its bytes, not by what it is called", () => {
    expect(pictureOf(png)?.head).toEqual({ mediaType: "image/png", width: 1, height: 1 });
    expect(pictureOf(btoa("<svg xmlns='http://www.w3.org/2000/svg' onload='x'></svg>"))).toBeUndefined();
    expect(pictureOf(btoa("<html><script>alert(1)</script></html>           "))).toBeUndefined();
    expect(pictureOf("not base64!")).toBeUndefined();
  });

  it("refuses more pixels than a browser should decode", () => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
    new DataView(bytes.buffer).setUint32(16, 60_000);
    new DataView(bytes.buffer).setUint32(20, 60_000);
    expect(pictureOf(btoa(String.fromCharCode(...bytes)))).toBeUndefined();
  });
});

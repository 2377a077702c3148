/** Sessions whose every free text is hostile. */
import { readFileSync } from "node:fs";
import { hostileCorpus } from "./environment.ts";
import type { LogRecord } from "./telemetry.ts";
import { type Call, Transcript } from "./transcript.ts";

export interface Hostile {
  id: string;
  /** Where the text is found in the wild; here it is put everywhere. */
  field: string;
  text: string;
  expect: string;
}

export function readCorpus(): Hostile[] {
  return readFileSync(hostileCorpus(), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Hostile);
}

export interface HostileSession {
  transcript: Transcript;
  records: LogRecord[];
}

const AGENT = "a0a0a0a0a0a0a0a0a";

/** Of texts that are hard by their size there are few in one session: nobody has a page full of them. */
const FEW = 3;

export function hostileSession({ text, expect }: Hostile, number: number): HostileSession {
  const session = `00000000-0000-4000-8000-00000b${String(number).padStart(6, "0")}`;
  const startsAt = new Date(Date.parse("2026-11-10T00:00:00Z") + number * 600_000);
  const transcript = new Transcript(session, { startsAt, cwd: text, branch: text, model: text })
    .prompt(text)
    .thinking(text)
    .text(text);
  const calls = callsWith(text);
  for (const call of expect === "bounded" ? calls.slice(0, FEW) : calls) {
    transcript.call(call);
  }
  // A longer id does not fit an address.
  const useId = text.slice(0, 100);
  transcript.call({ name: "Bash", input: { command: "true" }, output: text, useId });
  transcript.prompt(text, text).text(text).title(text);
  return { transcript, records: recordsWith(text, session, startsAt) };
}

/** A call of each tool that has a face of its own, and of some that have none. */
function callsWith(text: string): Call[] {
  const patch = { oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: [`-${text}`, `+${text}.`] };
  const file = { filePath: text, content: text, numLines: 1, startLine: 1, totalLines: 1 };
  const bash = { name: "Bash", input: { command: text, description: text } };
  return [
    { ...bash, output: text, result: { stdout: text, stderr: "", interrupted: false } },
    {
      ...bash,
      output: text,
      result: { stdout: text, stderr: text, interrupted: true, backgroundTaskId: text },
    },
    { ...bash, output: `Exit code 1\n${text}`, isError: true, result: `Error: Exit code 1\n${text}` },
    { name: "Read", input: { file_path: text }, output: text, result: { type: "text", file } },
    {
      name: "Write",
      input: { file_path: text, content: text },
      output: text,
      result: { type: "create", filePath: text, content: text, structuredPatch: [], originalFile: null },
    },
    {
      name: "Edit",
      input: { file_path: text, old_string: text, new_string: `${text}.` },
      output: text,
      result: { filePath: text, oldString: text, newString: `${text}.`, structuredPatch: [patch] },
    },
    {
      name: "NotebookEdit",
      input: { notebook_path: text, new_source: text, cell_id: text },
      output: text,
    },
    {
      name: "Glob",
      input: { pattern: text, path: text },
      output: text,
      result: { filenames: [text], numFiles: 1 },
    },
    {
      name: "Grep",
      input: { pattern: text, path: text, output_mode: "content" },
      output: text,
      result: { mode: "content", filenames: [text], content: text, numFiles: 1 },
    },
    {
      name: "WebFetch",
      input: { url: text, prompt: text },
      output: text,
      result: { url: text, result: text },
    },
    {
      name: "WebSearch",
      input: { query: text },
      output: text,
      result: { query: text, results: [{ content: [{ title: text, url: text }] }, text] },
    },
    {
      name: "TodoWrite",
      input: { todos: [{ content: text, status: "pending", activeForm: text }] },
      output: text,
      result: { oldTodos: [], newTodos: [{ content: text, status: text, activeForm: text }] },
    },
    { name: "ExitPlanMode", input: { plan: text }, output: text, result: { plan: text, isAgent: false } },
    {
      name: "AskUserQuestion",
      input: {
        questions: [{ question: text, header: text, options: [{ label: text, description: text }] }],
      },
      output: text,
      result: { questions: [{ question: text }], answers: { [text]: text } },
    },
    {
      name: "Agent",
      input: { description: text, prompt: text, subagent_type: text },
      output: [{ type: "text", text }],
      result: {
        agentId: AGENT,
        agentType: text,
        status: text,
        content: [{ type: "text", text }],
        prompt: text,
      },
    },
    {
      name: "Skill",
      input: { skill: text, args: text },
      output: text,
      result: { success: true, commandName: text },
    },
    { name: "BashOutput", input: { bash_id: text }, output: text, result: { shellId: text, stdout: text } },
    { name: text, input: { [text]: text, list: [text, { [text]: [text] }] }, output: text },
    { name: `mcp__${text}__${text}`, input: { [text]: text }, output: [{ type: "text", text }] },
    {
      name: "mcp__made__table",
      input: {},
      output: [{ type: "text", text: JSON.stringify([{ [text]: text }, { [text]: text }]) }],
    },
    {
      name: "mcp__made__blocks",
      input: {},
      output: [
        { type: "image", source: { type: "base64", media_type: text, data: text } },
        { type: "resource", resource: { uri: text, mimeType: text, text } },
        { type: "resource_link", uri: text, name: text, title: text, description: text },
        { type: text, [text]: text },
        { type: "text", text },
      ],
    },
  ];
}

function recordsWith(text: string, session: string, at: Date): LogRecord[] {
  const record = (name: string, attributes: LogRecord["attributes"]): LogRecord => ({
    name,
    at,
    attributes: { "session.id": session, "user.email": text, "user.id": text, ...attributes },
  });
  return [
    record("user_prompt", { "prompt.id": `${session}-told`, prompt: text, prompt_length: text.length }),
    record("api_request", {
      "prompt.id": `${session}-told`,
      request_id: `req_${session}_told`,
      model: text,
      query_source: text,
      cost_usd: 0.001,
      input_tokens: 1,
      output_tokens: 1,
      duration_ms: 20,
    }),
    record("api_error", { "prompt.id": `${session}-told`, error: text, model: text, status_code: text }),
    record("skill_activated", { "prompt.id": `${session}-told`, "skill.name": text, "skill.source": text }),
    record("mcp_server_connection", {
      server_name: text,
      server_scope: text,
      transport_type: text,
      status: text,
    }),
    record("tool_decision", {
      "prompt.id": `${session}-told`,
      tool_name: text,
      tool_use_id: `toolu_${session}_told`,
      decision: "reject",
      source: text,
    }),
    record("tool_result", {
      "prompt.id": `${session}-told`,
      tool_name: text,
      tool_use_id: `toolu_${session}_told`,
      success: "false",
      error: text,
      duration_ms: 20,
    }),
  ];
}

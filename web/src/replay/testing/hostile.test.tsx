import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Coverage, SessionHead, Step, StepRow as StepItem, StepKind } from "@/api/types";
import { Header } from "../header/Header";
import { SessionFacts } from "../inspector/SessionFacts";
import { StepFacts } from "../inspector/StepFacts";
import { JsonTree } from "../json/JsonTree";
import { Markdown } from "../text/Markdown";
import { Terminal } from "../text/Terminal";
import { Visible } from "../text/Visible";
import { StepRow } from "../transcript/StepRow";
import own from "./hostile.json";
import { renderInReplay } from "./render-replay";

/** Strings meant to break out, hide or mislead; `expect` says what may come of each. */
interface Hostile {
  id: string;
  text: string;
  expect: string;
}

// A larger corpus in the same form, one JSON object a line, takes the place of our own strings.
const corpus = process.env.ARGUS_HOSTILE_CORPUS;
const strings: Hostile[] =
  corpus === undefined
    ? own
    : readFileSync(corpus, "utf8")
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line) as Hostile);

const ALLOWED = new Set(
  "A ARTICLE B BLOCKQUOTE BUTTON CODE DD DETAILS DIV DL DT EM H1 H2 H3 HEADER HR LI MARK OL P PRE S SECTION SPAN STRONG SUMMARY TABLE TBODY TD TH THEAD TR UL".split(
    " ",
  ),
);
const UNSEEN =
  /(?![\n\t])\p{Cc}|[\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\u{e0000}-\u{e007f}]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked for
const COLOURS = /\x1b\[[0-9:;]*m/g;

function step(kind: StepKind, text: string, tool?: Step["tool"]): Step {
  const base = {
    id: kind,
    aliases: [],
    agent_id: null,
    at: null,
    duration_us: null,
    witnesses: [],
    records: [],
  };
  return { ...base, kind, text, ...(tool && { tool }) };
}

function callOf(name: string, text: string): Step {
  return step("tool_call", "", {
    use_id: "use",
    name,
    input: { command: text, file_path: text, url: text, query: text, [text]: text },
    output: text,
    result: { stdout: text, stderr: text, content: text },
    is_error: false,
    error: null,
    decision: "accept",
    decision_source: text,
    mcp: null,
  });
}

function resourceOf(text: string): Step {
  const call = callOf("mcp__x__y", text);
  const output = [
    { type: "resource", resource: { uri: text, mimeType: text, text } },
    { type: "document", source: { media_type: text, data: "" } },
    { type: "image", source: { media_type: text, data: text } },
    { type: text },
  ];
  return { ...call, id: "resource", tool: { ...call.tool, output } as Step["tool"] } as Step;
}

/** A step of which every text is the hostile one. */
function hostileItem(text: string): StepItem {
  const request = { model: text, request_id: text, query_source: text, stop_reason: text, attempts: 2 };
  const skill = { name: text, label: text, hash: text, hash_of: "body", trigger: text };
  const call = callOf(text, text);
  const tool = { ...call.tool, use_id: text, decision: "reject", mcp: { server: text, tool: text } };
  return {
    index: 0,
    turn_id: text,
    turn_index: 0,
    step: {
      ...call,
      id: text,
      aliases: [text],
      name: text,
      skill,
      tool,
      model_request: { ...NO_TOKENS, ...request, cost_nanousd: null, cost_from: null, ttft_us: null },
    } as Step,
  };
}

const NO_TOKENS = {
  input_tokens: null,
  output_tokens: null,
  cache_read_tokens: null,
  cache_creation_tokens: null,
};

function hostileHead(text: string): SessionHead {
  const totals = { ...NO_TOKENS, turns: 1, steps: 1, tool_calls: 1, errors: 0, cost_nanousd: null };
  return {
    id: text,
    title: text,
    links: [{ kind: text, session_id: text, evidence: text }],
    projects: [text],
    user: { id: text, email: text, from: "claim" },
    client: { name: text, version: text, surface: "unknown" },
    started_at: null,
    ended_at: null,
    end_reason: text,
    cwd: text,
    git_branch: text,
    models: [text],
    sources: ["hook"],
    totals: { ...totals, unpriced_requests: 1, unattributed_nanousd: 5 },
    skills: [{ name: text, label: text, hash: text, hash_of: "tree", state: "changed" }],
    coverage: hostileCoverage(text),
    mcp_servers: [{ name: text, scope: text, transport: text, calls: 1 }],
    agents: [],
    notices: [text],
    redactions: { [text]: 1 },
    dropped: 1,
  } as unknown as SessionHead;
}

/** The server makes the sentences; the names in it are captured. */
function hostileCoverage(text: string): Coverage {
  const seen = { total: 1, in_transcript: 1, in_hooks: 1, in_telemetry: 1, by_one: 0 };
  return {
    grade: "partial",
    reasons: [{ code: "lost", count: 1, text: "the capture client lost 1 item" }],
    details: {
      witnesses: [],
      calls: seen,
      turns: seen,
      processes: [
        {
          version: text,
          first: 1,
          last: 2,
          seen: 2,
          missing: 0,
          goes_on: false,
          first_at: null,
          last_at: null,
        },
      ],
      hooks: { [text]: 1 },
      last_hook_at: null,
      client_versions: [text],
      capture_versions: [text],
      devices: [text],
      lost: [{ reason: text, count: 1, bytes: 1, by_source: { [text]: 1 }, from: null, to: null }],
    },
  };
}

function Everywhere({ text }: { text: string }) {
  return (
    <>
      <Visible text={text} />
      <Terminal text={text} />
      <Markdown text={text} />
      <JsonTree value={{ [text]: [text] }} label="value" />
      {(["prompt", "thinking", "text", "notice", "error", "compaction"] as const).map((kind) => (
        <StepRow key={kind} step={step(kind, text)} turn={undefined} />
      ))}
      {["Bash", "Read", "Edit", "WebFetch", "Grep", "mcp__x__y", text].map((name) => (
        <StepRow key={name} step={callOf(name, text)} turn={undefined} />
      ))}
      {(["notice", "prompt", "error", "permission", "skill", "tool_call", "model_request"] as const).map(
        (kind) => (
          <StepRow key={kind} step={{ ...hostileItem(text).step, kind }} turn={undefined} />
        ),
      )}
      <StepRow step={resourceOf(text)} turn={undefined} />
      <StepFacts item={hostileItem(text)} steps={1} />
      <SessionFacts head={hostileHead(text)} />
      <Header head={hostileHead(text)} actions={null} />
    </>
  );
}

describe.each(strings.map((each) => [`${each.id} (${each.expect})`, each] as const))(
  "%s",
  (_, { text, expect: may }) => {
    it("stays text, wherever it stands", async () => {
      const start = performance.now();
      const element = await renderInReplay(<Everywhere text={text} />);
      if (may === "bounded") {
        expect(performance.now() - start).toBeLessThan(4_000);
      }
      for (const each of element.querySelectorAll("*")) {
        expect(ALLOWED).toContain(each.tagName);
        expect(
          each.getAttributeNames().filter((name) => /^on|^src|^poster|^formaction|^background/.test(name)),
        ).toEqual([]);
      }
      expect(element.textContent).not.toMatch(UNSEEN);
      for (const each of element.querySelectorAll("[title], [aria-label]")) {
        expect(`${each.getAttribute("title")} ${each.getAttribute("aria-label")}`).not.toMatch(UNSEEN);
      }
      for (const link of element.querySelectorAll<HTMLAnchorElement>("a:not([href^='/'])")) {
        expect(link.href).toMatch(/^https?:\/\/[^@]*$/);
        expect(link.rel).toBe("noopener nofollow noreferrer");
        expect(link.parentElement?.textContent).toContain(link.href.slice(0, 100));
      }
      if (may === "no-link") {
        expect(linksFrom(element, text)).toEqual([]);
      }
    });

    it("is seen as it was written", async () => {
      const element = await renderInReplay(<Visible text={text} />);
      for (const word of text.match(/[a-z]{3,}/gi)?.slice(0, 50) ?? []) {
        expect(element.textContent).toContain(word);
      }
    });

    it("loses nothing in a terminal's output", async () => {
      const element = await renderInReplay(<Terminal text={text} />);
      // Parameters of colours are taken out; everything else that was written can be read.
      const written = text.slice(0, 60_000).replace(COLOURS, " ");
      const read = element.textContent.replace(/[⟨⟩]/g, "");
      for (const word of written.match(/[a-z]{3,}/gi)?.slice(0, 20) ?? []) {
        expect(read).toContain(word);
      }
    });
  },
);

/** Links to a target that is not itself a plain address in the text. */
function linksFrom(element: HTMLElement, text: string): string[] {
  const plain = /(?:^|\s)(https?:\/\/\S+)/.exec(text.replace(/\p{Cc}/gu, " "))?.[1];
  return [...element.querySelectorAll("a")]
    .map((link) => link.href)
    .filter((href) => !plain?.startsWith(href.slice(0, 20)));
}

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Step, StepKind } from "@/api/types";
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
  "A ARTICLE B BLOCKQUOTE BUTTON CODE DIV EM HEADER HR LI MARK OL P PRE S SPAN STRONG TABLE TBODY TD TH THEAD TR UL".split(
    " ",
  ),
);
const UNSEEN =
  /(?![\n\t])\p{Cc}|[\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\u{e0000}-\u{e007f}]/u;
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
      for (const link of element.querySelectorAll("a")) {
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

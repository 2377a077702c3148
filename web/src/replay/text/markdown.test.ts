import { describe, expect, it } from "vitest";
import { parseInlines, parseMarkdown } from "./markdown";

describe("parseMarkdown", () => {
  it("reads blocks", () => {
    const blocks = parseMarkdown(
      "# Title\n\nA *b* **c** `d`.\n\n- one\n  - two\n- three\n\n3. x\n4. y\n\n> q\n\n---\n\n```py\nprint(1)\n```",
    );
    expect(blocks.map((block) => block.kind)).toEqual([
      "heading",
      "paragraph",
      "list",
      "list",
      "quote",
      "rule",
      "code",
    ]);
    expect(blocks[2]).toMatchObject({ ordered: false, items: [{}, {}] });
    expect(blocks[2]?.kind === "list" && blocks[2].items[0]?.[1]).toMatchObject({ kind: "list" });
    expect(blocks[3]).toMatchObject({ ordered: true, start: 3 });
    expect(blocks[6]).toEqual({ kind: "code", info: "py", text: "print(1)" });
  });

  it("reads tables", () => {
    const [table] = parseMarkdown("| a | b |\n|---|--:|\n| 1 | `x|y` \\| z |\n| 2 |");
    expect(table).toMatchObject({ kind: "table", aligns: ["left", "right"] });
    expect(table?.kind === "table" && table.rows.length).toBe(2);
  });

  it("keeps all that stands behind a fence", () => {
    expect(parseMarkdown("```js {onclick=1}\na\n```")).toEqual([
      { kind: "code", info: "js {onclick=1}", text: "a" },
    ]);
  });

  it("leaves an unended fence a fence", () => {
    expect(parseMarkdown("```\na\nb")).toEqual([{ kind: "code", info: "", text: "a\nb" }]);
  });

  it("loses nothing of plain lines", () => {
    expect(parseMarkdown("2026. was a year\n1986. too")).toHaveLength(1);
    expect(parseMarkdown("a | b\nno table")).toEqual([
      { kind: "paragraph", inlines: [{ kind: "text", text: "a | b\nno table" }] },
    ]);
  });
});

describe("parseInlines", () => {
  it("keeps the title of a link", () => {
    expect(parseInlines('[a](https://x.example/y "why")')).toMatchObject([
      { kind: "link", href: "https://x.example/y", title: '"why"' },
    ]);
  });

  it("makes links of http and https only", () => {
    expect(parseInlines("[a](https://x.example/y)")).toEqual([
      {
        kind: "link",
        href: "https://x.example/y",
        shown: "https://x.example/y",
        inlines: [{ kind: "text", text: "a" }],
        image: false,
      },
    ]);
    for (const text of [
      "[a](javascript:alert(1))",
      "[a](data:text/html,x)",
      "[a](https://bank.example@evil.example/)",
      "![x](javascript:window)",
      "[a](JAVASCRIPT:x 'title')",
      "[a](//x.example)",
    ]) {
      expect(parseInlines(text)).toEqual([{ kind: "text", text }]);
    }
  });

  it("makes bare addresses links, without the full stop", () => {
    expect(parseInlines("see https://x.example/a.")).toMatchObject([
      { kind: "text", text: "see " },
      { kind: "link", href: "https://x.example/a" },
      { kind: "text", text: "." },
    ]);
  });

  it("does not take snake_case or arithmetic for emphasis", () => {
    expect(parseInlines("snake_case_name and 2 * 3 * 4")).toHaveLength(1);
    expect(parseInlines("*a* and __b__ and ~~c~~").map((inline) => inline.kind)).toEqual([
      "emphasis",
      "text",
      "strong",
      "text",
      "strike",
    ]);
  });
});

it.each([
  ["quotes", "> ".repeat(3000)],
  ["brackets", "[".repeat(20_000)],
  ["image brackets", "![".repeat(6000)],
  ["stars", "*".repeat(20_000)],
  ["star words", "*a ".repeat(10_000)],
  ["ticks", "`a ".repeat(10_000)],
  ["lists", "- ".repeat(5000)],
  ["deep lists", Array.from({ length: 2000 }, (_, depth) => `${" ".repeat(depth)}- x`).join("\n")],
  ["pipes", "|".repeat(20_000)],
  ["a long word", "a".repeat(300_000)],
  ["many tables", "|a|\n|-|\n".repeat(5000)],
  ["spaces", `#${" ".repeat(50_000)}x`],
  ["rule like", "- ".repeat(20_000).concat("x")],
])("ends on %s", (_, text) => {
  expect(parseMarkdown(text).length).toBeGreaterThan(0);
});

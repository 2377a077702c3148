import { describe, expect, it } from "vitest";
import { wordMarks } from "../diff/words";
import { terminalParts } from "./ansi";
import { cutLongLines } from "./fold";
import { bytesMissing } from "./LongText";
import { parseMarkdown } from "./markdown";
import { marked, pieces, unmarked } from "./redactions";
import { oneLine, visibleLine, visibleParts } from "./visible";

const KEY = "[redacted:aws-key:0123456789]";
const MAIL = "[redacted:email]";

/** A span over each place where the placeholder stands, as the server counts. */
function spansOf(text: string, placeholder: string, ...which: number[]) {
  const bytes = (part: string) => new TextEncoder().encode(part).length;
  const starts = [...text.matchAll(new RegExp(placeholder.replace(/[[\]]/g, "\\$&"), "g"))].map(
    ({ index }) => index,
  );
  return which.map((place) => ({
    kind: "any",
    start: bytes(text.slice(0, starts[place])),
    end: bytes(text.slice(0, starts[place])) + placeholder.length,
  }));
}

const shown = (text: string) =>
  pieces(text).map((piece) => (typeof piece === "string" ? piece : `<${piece.kind} ${piece.fingerprint}>`));

describe("marked", () => {
  it("tells a true placeholder from one that was typed, also where both are alike", () => {
    const text = `typed ${MAIL}, then ${MAIL} and ${KEY}`;
    expect(shown(marked(text, spansOf(text, MAIL, 1)))).toEqual([
      `typed ${MAIL}, then `,
      "<email undefined>",
      ` and ${KEY}`,
    ]);
    expect(shown(text)).toEqual([text]);
  });

  it("counts as the server does", () => {
    const text = `ä€🎉${KEY}🎉${KEY}`;
    expect(shown(marked(text, spansOf(text, KEY, 1, 0)))).toEqual([
      "ä€🎉",
      "<aws-key 0123456789>",
      "🎉",
      "<aws-key 0123456789>",
    ]);
  });

  it("marks nothing where no placeholder is", () => {
    const text = `a ${KEY} b`;
    for (const [start, end] of [
      [0, 5],
      [2, 30],
      [3, 31],
      [500, 600],
      [10, 2],
    ] as const) {
      expect(marked(text, [{ kind: "aws-key", start, end }])).toBe(text);
    }
    const span = spansOf(text, KEY, 0);
    expect(shown(marked(text, [...span, ...span]))).toHaveLength(3);
  });

  it("is undone", () => {
    const text = `a ${KEY} b ${MAIL}`;
    const both = marked(text, [...spansOf(text, KEY, 0), ...spansOf(text, MAIL, 0)]);
    expect(both).not.toBe(text);
    expect(unmarked(both)).toBe(text);
    expect(visibleLine(both)).toBe(text);
    expect(bytesMissing(both, text.length)).toBe(0);
    expect(bytesMissing(both, text.length + 5)).toBe(5);
  });
});

describe("a mark", () => {
  const text = `see ${KEY} there`;
  const withMark = marked(text, spansOf(text, KEY, 0));

  it("is never seen, wherever the text is cut", () => {
    for (let at = 0; at <= withMark.length; at++) {
      for (const part of [withMark.slice(0, at), withMark.slice(at)]) {
        const seen = visibleParts(part)
          .map((each) => each.text)
          .join("");
        // A single character of it may as well have been captured.
        expect(text.includes(seen) || /U\+FD/.test(seen), seen).toBe(true);
      }
    }
    expect(visibleParts("\ufdd0 \ufdef")).toMatchObject([
      { kind: "mark", text: "⟨U+FDD0⟩" },
      { text: " " },
      { kind: "mark", text: "⟨U+FDEF⟩" },
    ]);
  });

  it("outlives Markdown, a terminal, a line and a diff", () => {
    const kinds = (parts: readonly { kind: string }[]) => parts.map(({ kind }) => kind);
    const [paragraph] = parseMarkdown(`**Key** ${withMark}(https://example.com/)`);
    expect(paragraph).toMatchObject({
      kind: "paragraph",
      inlines: [
        { kind: "strong" },
        { kind: "text", text: ` ${withMark}(` },
        { kind: "link", href: "https://example.com/" },
        { kind: "text", text: ")" },
      ],
    });
    expect(kinds(terminalParts(`\x1b[31m${withMark}\x1b[0m`))).toEqual(["text", "redaction", "text"]);
    expect(kinds(visibleParts(oneLine(`\n${withMark}\n`)))).toEqual(["text", "redaction", "text"]);
    const [removed] = wordMarks(`${withMark} and more of it`, "see there and more of it");
    expect(removed.map(([start, end]) => unmarked(withMark.slice(start, end)).trim())).toEqual([KEY]);
    expect(cutLongLines(`${"x".repeat(600)}${withMark}`)).toContain(` ${text.length} more characters`);
  });
});

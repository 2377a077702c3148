import { expect, it } from "vitest";
import { chunksOf, countLines, cutLongLines, firstLine, foldText } from "./fold";

const numbered = (lines: number) => Array.from({ length: lines }, (_, line) => `${line + 1}`).join("\n");

it("does not fold short texts", () => {
  expect(foldText(numbered(12))).toEqual({ head: numbered(12), tail: "", hiddenLines: 0 });
});

it("folds long texts to head and tail", () => {
  expect(foldText(numbered(100))).toEqual({ head: numbered(7), tail: "98\n99\n100", hiddenLines: 90 });
  expect(foldText(`${numbered(13)}\n`)).toEqual({ head: numbered(7), tail: "11\n12\n13\n", hiddenLines: 3 });
});

it("counts lines, a last line end not being a line", () => {
  expect([
    countLines(""),
    countLines("a"),
    countLines("a\n"),
    countLines("a\nb"),
    countLines("\n\n"),
  ]).toEqual([0, 1, 1, 2, 2]);
});

it("gives the first line", () => {
  expect(firstLine("\n\n  a b\nc")).toBe("a b");
});

it("cuts long lines and says so", () => {
  expect(cutLongLines(`${"x".repeat(12)}\nshort`, 10)).toBe(
    "xxxxxxxxxx … 2 more characters in this line\nshort",
  );
});

it("chunks at line ends and loses nothing", () => {
  const text = `${numbered(5000)}\n${"😀".repeat(9000)}`;
  const chunks = chunksOf(text, 1001);
  expect(chunks.join("")).toBe(text);
  expect(chunks.every((chunk) => !/^[\udc00-\udfff]/.test(chunk))).toBe(true);
  expect(chunks[0]?.endsWith("\n")).toBe(true);
});

import { expect, test } from "vitest";
import type { TurnRow } from "@/api/types";
import { linesOfText, previewWords, rangeOfText, rangePath, withoutWords } from "./words";

test("a range is two numbers in order", () => {
  expect(rangeOfText("3-5")).toEqual({ from: 3, to: 5 });
  expect(rangeOfText("3")).toEqual({ from: 3, to: 3 });
  for (const wrong of ["", "5-3", "0-2", "3-", "a-b", "1-2-3", "99999999"]) {
    expect(rangeOfText(wrong)).toBeUndefined();
  }
});

test("the address of a range opens at its first turn", () => {
  const turn = (id: string, index: number) => ({ id, index }) as TurnRow;
  expect(rangePath("default", "s/1", turn("a", 2), turn("b", 4))).toBe(
    "/w/default/sessions/s%2F1/turns/a?turns=3-5",
  );
  expect(rangePath("default", "s", turn("a", 2), turn("a", 2))).toBe("/w/default/sessions/s/turns/a");
});

test("what is shown is said in words", () => {
  expect(linesOfText(" Acme \n\n INV-7")).toEqual(["Acme", "INV-7"]);
  const request = { tool_outputs: false, thinking: true, reviews: false };
  expect(withoutWords(request)).toBe("without tool outputs, reviews");
  const left = { outputs_left_out: 1, thinking_left_out: 0, summaries_left_out: 2 };
  const preview = { preview: "p", turns: 2, bytes: 9, ...left };
  expect(previewWords({ ...preview, redacted: [{ kind: "email", count: 3 }], masked: 2 })).toEqual([
    "Redacted when it was stored: email ×3.",
    "Masked in 2 places.",
    "Left out: 1 tool output, 2 summaries of compactions.",
  ]);
});

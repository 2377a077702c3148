import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { ReviewMarks } from "./ReviewMarks";

it("says what was said, and nothing where nobody said anything", () => {
  const nothing = { verdicts: { good: 0, wrong: 0 }, tags: [], comments: 0, score: null };
  expect(render(<ReviewMarks review={nothing} />).container.textContent).toBe("");
  const said = { verdicts: { good: 2, wrong: 1 }, tags: ["a", "<b>", "c"], comments: 1, score: 66.7 };
  expect(render(<ReviewMarks review={said} />).container.textContent).toBe(
    "✗wrong✓good 267 %1 comment#Tags: a, <b> +1",
  );
});

it("shows a score of nothing as one", () => {
  const none = { verdicts: { good: 0, wrong: 0 }, tags: [], comments: 0, score: 0 };
  expect(render(<ReviewMarks review={none} />).container.textContent).toBe("0 %");
});

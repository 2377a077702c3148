import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { piecesOf, Snippet } from "./Snippet";

it("cuts by characters, and takes marks that are none for none", () => {
  const found = (marks: number[][], text = "a😀churn") =>
    piecesOf(text, marks).map((piece) => (piece.found ? `[${piece.text}]` : piece.text));
  expect(found([[2, 7]])).toEqual(["a😀", "[churn]"]);
  expect(
    found([
      [0, 1],
      [1, 2],
    ]),
  ).toEqual(["[a]", "[😀]", "churn"]);
  expect(
    found([
      [5, 99],
      [3, 2],
    ]).join(""),
  ).toBe("a😀churn");
  expect(found([], "")).toEqual([]);
});

it("shows markup and unseen characters as text", () => {
  const text = "<img src=x onerror=alert(1)>\u202e tail";
  const { container } = render(<Snippet snippet={{ text, marks: [[1, 4]] }} />);
  expect(container.querySelector("img")).toBeNull();
  expect(container.querySelector("mark")?.textContent).toBe("img");
  expect(container.textContent).toContain("⟨");
});

import { expect, test } from "vitest";
import { isTag, writtenTag } from "./tag";

test("what a person writes becomes one word", () => {
  expect(writtenTag("  #Q2 churn  review ")).toBe("q2-churn-review");
  expect(writtenTag("Übergabe")).toBe("übergabe");
  expect(writtenTag("  ")).toBe("");
});

test("a tag begins and ends with a letter or a digit", () => {
  for (const tag of ["q2-churn", "a/b.c_d", "係争", "7"]) {
    expect(isTag(tag), tag).toBe(true);
  }
  for (const tag of ["", "-a", "a-", "a,b", "a b", "<b>"]) {
    expect(isTag(tag), tag).toBe(false);
  }
});

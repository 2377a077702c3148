import { expect, it } from "vitest";
import { NEW_QUEUE, newRule, queueFault, ruleWords, totalOf } from "./queue-words";

it("a queue says what it lacks", () => {
  const queue = { ...NEW_QUEUE, name: "Weekly" };
  expect(queueFault(queue)).toBeUndefined();
  expect(queueFault(NEW_QUEUE)).toMatch(/name/);
  expect(queueFault({ ...queue, reviewers_per_item: 2, reviewers: ["1"] })).toMatch(/2 reviewers, and 1/);
  expect(queueFault({ ...queue, rules: [newRule("view", "")] })).toMatch(/every session/);
});

it("rules are told in sentences", () => {
  expect(ruleWords(newRule("random", "a1"))).toContain("2 % of each project's");
  expect(ruleWords({ kind: "errors", filter: "skill:x" })).toContain("among skill:x");
  expect(ruleWords({ kind: "new_skill_version", skill: "weekly-report", sessions: 20 })).toContain(
    "weekly-report",
  );
});

it("counts are summed", () => {
  expect(totalOf({ needs_review: 1, in_review: 2, needs_others: 3, disputed: 4, complete: 5 })).toBe(15);
});

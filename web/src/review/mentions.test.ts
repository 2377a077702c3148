import { expect, it } from "vitest";
import { mentionAt, mentionsIn, peopleLike } from "./mentions";

const people = [
  { id: "1", name: "Owner" },
  { id: "2", name: "Owner Two" },
  { id: "3", name: "Reviewer" },
];

it("a name is completed after an @ that begins a word", () => {
  expect(mentionAt("@", 1)).toBe(1);
  expect(mentionAt("see @Ow", 7)).toBe(5);
  expect(mentionAt("see @Owner Two", 14)).toBe(5);
  expect(mentionAt("a@b", 3)).toBeUndefined();
  expect(mentionAt("@ nobody", 8)).toBeUndefined();
  expect(mentionAt("@Owner is right about it", 24)).toBeUndefined();
  expect(mentionAt("@Ow\nner", 7)).toBeUndefined();
});

it("people are found by any of their names", () => {
  expect(peopleLike(people, "tw")).toEqual(["Owner Two"]);
  expect(peopleLike(people, "owner t")).toEqual(["Owner Two"]);
  expect(peopleLike(people, "")).toHaveLength(3);
});

it("who is mentioned is read off the text as it is sent", () => {
  expect(mentionsIn("@Owner Two, please", people)).toEqual(["2"]);
  expect(mentionsIn("@Owner and @Reviewer: @Owner", people)).toEqual(["1", "3"]);
  expect(mentionsIn("@Ownership", people)).toEqual([]);
  expect(mentionsIn("two of one name: @Owner", [...people, { id: "4", name: "Owner" }])).toEqual(["1", "4"]);
});

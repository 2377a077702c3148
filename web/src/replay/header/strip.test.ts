import { expect, it } from "vitest";
import { stripOf } from "./strip";

const item = (id: string) => ({ id, title: null, started_at: null, ended_at: null, turns: 1, links: [] });

it("gives the sessions before and after, of three or more", () => {
  const items = ["a", "b", "c"].map(item);
  expect(stripOf("b", { items })).toMatchObject({
    place: 1,
    count: 3,
    before: { id: "a" },
    after: { id: "c" },
  });
  expect(stripOf("a", { items })?.before).toBeUndefined();
  expect(stripOf("x", { items })).toBeUndefined();
  expect(stripOf("a", { items: items.slice(0, 2) })).toBeUndefined();
});

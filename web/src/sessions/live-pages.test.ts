import { expect, it } from "vitest";
import type { Page, Session } from "@/api/types";
import { applyChanges, isLive } from "./live-pages";

function session(id: string, title = id): Session {
  return { id, title } as Session;
}

const pages: Page<Session>[] = [
  { items: [session("a"), session("b")], next: "2" },
  { items: [session("c")], next: null },
];

it("renews rows where they stand and drops those that fit no longer", () => {
  const { pages: after, added } = applyChanges(pages, ["b", "c"], [session("c", "renamed")]);
  expect(after.map((page) => page.items.map(({ title }) => title))).toEqual([["a"], ["renamed"]]);
  expect(added).toEqual([]);
});

it("tells of sessions that are not shown yet", () => {
  const { pages: after, added } = applyChanges(pages, ["n", "a"], [session("n"), session("a")]);
  expect(after).toEqual(pages);
  expect(added).toEqual(["n"]);
});

it("is live for two minutes, unless it ended", () => {
  const ended_at = "2026-11-26T10:00:00Z";
  const at = Date.parse(ended_at);
  expect(isLive({ ended_at, end_reason: null }, at + 119_000)).toBe(true);
  expect(isLive({ ended_at, end_reason: null }, at + 121_000)).toBe(false);
  expect(isLive({ ended_at, end_reason: "exit" }, at)).toBe(false);
});

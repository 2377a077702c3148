import { describe, expect, it } from "vitest";
import type { Comment, Reviewer, Verdict } from "@/api/reviews";
import type { TurnRow } from "@/api/types";
import {
  markedComments,
  NO_REVIEWS,
  nextWrong,
  placesOf,
  standingOn,
  threadsOf,
  withTag,
  withVerdict,
} from "./judgements";

const me: Reviewer = { kind: "account", id: "1", name: "Owner", me: true };
const other: Reviewer = { kind: "account", id: "2", name: "Reviewer", me: false };

const verdict = (fields: Partial<Verdict>): Verdict => ({
  id: "v",
  turn: null,
  verdict: "good",
  reason: null,
  by: other,
  at: "2026-11-20T08:00:00Z",
  current: true,
  placed: true,
  ...fields,
});

const comment = (id: string, fields: Partial<Comment> = {}): Comment => ({
  id,
  reply_to: null,
  anchor: { turn: null, step: null, field: null, start: null, end: null, state: "session" },
  text: id,
  mentions: [],
  by: me,
  at: `2026-11-20T08:00:0${id.length}Z`,
  edited_at: null,
  removed: false,
  resolved: false,
  history: [],
  ...fields,
});

describe("verdicts", () => {
  it("stand by person; a new one leaves the others' and the old ones", () => {
    const before = { ...NO_REVIEWS, verdicts: [verdict({}), verdict({ id: "mine", by: me })] };
    const given = { verdict: "wrong" as const, reason: "made up" };
    const after = withVerdict(before, given, me, "2026-11-20T09:00:00Z");
    expect(after.verdicts).toHaveLength(3);
    const standing = standingOn(after, null);
    expect(standing.good).toHaveLength(1);
    expect(standing.wrong).toHaveLength(1);
    expect(standing.mine?.reason).toBe("made up");
    expect(standingOn(after, "turn")).toMatchObject({ good: [], wrong: [], mine: undefined });
  });

  it("that say wrong are gone to one after the other, and around the end", () => {
    const turns = ["a", "b", "c", "d"].map((id, index) => ({ id, index }) as TurnRow);
    const wrong = (turn: string | null, more: Partial<Verdict> = {}) =>
      verdict({ verdict: "wrong", turn, ...more });
    const reviews = {
      ...NO_REVIEWS,
      verdicts: [wrong("b"), wrong("d"), wrong("c", { current: false }), wrong(null), verdict({ turn: "a" })],
    };
    const from = (after: number) => nextWrong(reviews, turns, after)?.id;
    expect([-1, 0, 1, 2, 3].map(from)).toEqual(["b", "b", "d", "d", "b"]);
    expect(nextWrong({ ...NO_REVIEWS, verdicts: [wrong(null)] }, turns, -1)).toBeUndefined();
  });

  it("that are withdrawn do not stand", () => {
    const after = withVerdict(NO_REVIEWS, { verdict: "withdrawn", turn: "t" }, me, "2026-11-20T09:00:00Z");
    expect(standingOn(after, "t").mine).toBeUndefined();
    const [place] = placesOf(after, [{ id: "t", index: 4 }]);
    expect(place?.verdicts[0]?.newest.verdict).toBe("withdrawn");
  });

  it("are told by person, the newest first, the session before its turns", () => {
    const verdicts = [
      verdict({ id: "old", turn: "b", by: me, at: "2026-11-20T07:00:00Z", current: false }),
      verdict({ id: "new", turn: "b", by: me, at: "2026-11-20T09:00:00Z" }),
      verdict({ id: "his", turn: "b" }),
      verdict({ id: "lost", turn: "gone" }),
      verdict({ id: "whole" }),
    ];
    const places = placesOf({ ...NO_REVIEWS, verdicts }, [
      { id: "a", index: 0 },
      { id: "b", index: 1 },
    ]);
    expect(places.map(({ turn }) => turn)).toEqual([null, "b", "gone"]);
    expect(places[2]?.index).toBeUndefined();
    expect(places[1]?.verdicts.map(({ newest, earlier }) => [newest.id, earlier.length])).toEqual([
      ["new", 1],
      ["his", 0],
    ]);
  });
});

describe("threads", () => {
  it("keep replies with what they answer, at any depth", () => {
    const threads = threadsOf([
      comment("a"),
      comment("bb", { reply_to: "a" }),
      comment("ccc", { reply_to: "bb" }),
      comment("dddd"),
    ]);
    expect(threads.map(({ root, replies }) => [root.id, ...replies.map(({ id }) => id)])).toEqual([
      ["a", "bb", "ccc"],
      ["dddd"],
    ]);
  });

  it("show a reply to what is not there, and a removed one that was answered", () => {
    expect(threadsOf([comment("a", { reply_to: "gone" })])).toHaveLength(1);
    expect(threadsOf([comment("a", { removed: true })])).toHaveLength(0);
    expect(threadsOf([comment("a", { removed: true }), comment("bb", { reply_to: "a" })])).toHaveLength(1);
  });

  it("end where replies go round in a ring", () => {
    expect(() =>
      threadsOf([comment("a", { reply_to: "bb" }), comment("bb", { reply_to: "a" })]),
    ).not.toThrow();
  });
});

it("a tag is there once for each person, and goes by person", () => {
  const at = "2026-11-20T09:00:00Z";
  const once = withTag(withTag(NO_REVIEWS, null, "x", false, me, at), null, "x", false, me, at);
  expect(once.tags).toHaveLength(1);
  const both = withTag(once, null, "x", false, other, at);
  expect(both.tags).toHaveLength(2);
  expect(withTag(both, null, "x", true, me, at).tags.map(({ by }) => by.id)).toEqual(["2"]);
});

it("what stands in the transcript is marked there, by step; answers and what is resolved are not", () => {
  const on = (step: string | null, state: Comment["anchor"]["state"] = "step") => ({
    anchor: { turn: "t", step, field: null, start: null, end: null, state },
  });
  const marked = markedComments([
    comment("a", on("s1")),
    comment("b", { ...on("s1", "placed") }),
    comment("answer", { ...on("s1"), reply_to: "a" }),
    comment("done", { ...on("s1"), resolved: true }),
    comment("gone", { ...on("s2"), removed: true }),
    comment("lost", on("s3", "unplaced")),
    comment("turn", on(null, "turn")),
  ]);
  expect([...marked].map(([step, comments]) => [step, comments.map(({ id }) => id)])).toEqual([
    ["s1", ["a", "b"]],
  ]);
});

import { expect, it } from "vitest";
import type { SessionHead } from "@/api/types";
import { relativesOf } from "./relatives";
import { remarksOf } from "./remarks";

function head(changes: Partial<SessionHead["totals"]>, rest: Partial<SessionHead> = {}): SessionHead {
  const totals = { steps: 3, unpriced_requests: 0, unattributed_nanousd: 0, ...changes };
  return { title: "a title", sources: ["transcript"], notices: [], totals, ...rest } as SessionHead;
}

it("has nothing to remark on a complete session", () => {
  expect(remarksOf(head({}))).toEqual([]);
});

it("tells of costs that are unknown or not accounted for", () => {
  expect(remarksOf(head({ unpriced_requests: 2, unattributed_nanousd: 12_000_000 }))).toEqual([
    "The cost of 2 requests is unknown.",
    "By the client's own total it cost $0.012 more than the requests seen.",
  ]);
  expect(remarksOf(head({ unattributed_nanousd: -12_000_000 }))[0]).toContain("$0.012 less");
});

it("tells that texts are missing when only telemetry saw the session", () => {
  expect(remarksOf(head({}, { title: null, sources: ["otel_log", "otel_metric"] }))[0]).toMatch(
    /^Telemetry only/,
  );
  expect(remarksOf(head({}, { title: "Hello", sources: ["otel_log"] }))).toEqual([]);
});

it("tells that the content is off, which is why there are no texts", () => {
  const off = { title: null, sources: ["otel_log"], content_off_at: "2026-11-20T08:00:00Z" } as const;
  expect(remarksOf(head({}, { ...off, sources: [...off.sources] }))).toEqual([
    "Its person switched its content off: what was said and done is erased; that it was, when and how often stays.",
  ]);
});

it("finds the sessions that this one came out of, and those that came out of it", () => {
  const item = { title: null, started_at: null, ended_at: null, turns: 1, links: [] };
  const conversation = {
    id: "first",
    items: [
      { ...item, id: "first", title: "First" },
      { ...item, id: "this", links: [{ kind: "fork", session_id: "first", evidence: "a" }] },
      { ...item, id: "later", links: [{ kind: "clear", session_id: "this", evidence: "b" }] },
    ],
  };
  const links = [
    { kind: "fork", session_id: "first", evidence: "a" },
    { kind: "clear", evidence: "c" },
  ];
  expect(relativesOf({ id: "this", links }, conversation)).toEqual([
    { session: "first", title: "First", kind: "fork", older: true, evidence: "a" },
    { session: "later", title: null, kind: "clear", older: false, evidence: "b" },
  ]);
});

import { expect, it } from "vitest";
import type { Coverage } from "@/api/types";
import { coverageWords, lossWords, processWords, seenWords } from "./words";

it("says the grade and why in sentences", () => {
  const coverage: Coverage = {
    grade: "partial",
    reasons: [
      { code: "lost", count: 3, text: "the capture client lost 3 items" },
      { code: "turns_not_in_telemetry", count: 1, text: "1 turn missing in telemetry" },
    ],
  };
  expect(coverageWords(coverage)).toBe(
    "Something is known to be missing. The capture client lost 3 items. 1 turn missing in telemetry.",
  );
});

it("says what was lost, with a later client's reason as it came", () => {
  const loss = { count: 2, bytes: 1500, by_source: { transcript: 2 }, from: null, to: null };
  expect(lossWords({ reason: "spool_full", ...loss })).toBe(
    "2 items, 1.5 kB: more waited than may (2 transcript)",
  );
  expect(lossWords({ reason: "eaten", ...loss, by_source: {} })).toBe("2 items, 1.5 kB: eaten");
});

it("says which numbers a process' events have", () => {
  const process = {
    version: null,
    first: 0,
    last: 1200,
    seen: 1196,
    missing: 5,
    goes_on: false,
    first_at: null,
    last_at: null,
  };
  expect(processWords(process)).toBe("events 0 to 1,200, 5 missing");
  expect(processWords({ ...process, missing: 0 })).toBe("events 0 to 1,200");
  const late = { ...process, missing: 0, first: 7 };
  expect(processWords(late)).toBe("events 7 to 1,200, earlier ones unknown");
  expect(processWords({ ...late, goes_on: true })).toBe("events 7 to 1,200, earlier ones under another id");
});

it("says who saw how many", () => {
  expect(seenWords({ in_transcript: 4, in_hooks: 0, in_telemetry: 3 })).toBe(
    "4 in the transcript, 0 by hooks, 3 in telemetry",
  );
});

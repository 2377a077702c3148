import { describe, expect, it } from "vitest";
import { formatBytes, formatCount, formatShort, plural } from "./count";
import { durationBetween, formatDuration } from "./duration";
import { formatCost, formatMoney } from "./money";
import { formatWhen } from "./time";

describe("money", () => {
  it("has cents above a dollar and more places below", () => {
    const usd = [0, 12.345, 1, 0.9951, 0.123456, 0.01, 0.001234, 0.00005, -0.5, 12_345.6];
    expect(usd.map((each) => formatMoney(each * 1e9))).toEqual([
      "$0",
      "$12.35",
      "$1.00",
      "$1.00",
      "$0.123",
      "$0.010",
      "$0.0012",
      "<$0.0001",
      "−$0.500",
      "$12,345.60",
    ]);
  });

  it("says when a cost is unknown or incomplete, and why", () => {
    expect(formatCost({ cost_nanousd: 5e8, unpriced_requests: 0 })).toEqual({ text: "$0.500" });
    expect(formatCost({ cost_nanousd: null, unpriced_requests: 3 })).toMatchObject({ text: "–" });
    const partly = formatCost({ cost_nanousd: 5e8, unpriced_requests: 1 });
    expect(partly.text).toBe("≥ $0.500");
    expect(partly.why).toContain("1 request is unknown");
  });
});

describe("durations", () => {
  it("take the two largest units", () => {
    const seconds = [0, 0.0004, 0.84, 0.9996, 4.23, 9.96, 59.4, 59.6, 185, 3599.6, 8040, 86_399, 273_600];
    expect(seconds.map((each) => formatDuration(each * 1e6))).toEqual([
      "0s",
      "<1ms",
      "840ms",
      "1.0s",
      "4.2s",
      "10s",
      "59s",
      "1m 00s",
      "3m 05s",
      "1h 00m",
      "2h 14m",
      "1d 0h",
      "3d 4h",
    ]);
  });

  it("are unknown without both ends, and never negative", () => {
    expect(durationBetween(null, "2026-11-26T10:00:00Z")).toBeNull();
    expect(durationBetween("2026-11-26T10:00:00Z", "2026-11-26T10:00:01.5Z")).toBe(1_500_000);
    expect(durationBetween("2026-11-26T10:00:01Z", "2026-11-26T10:00:00Z")).toBe(0);
  });
});

it("counts", () => {
  expect(formatCount(12_345)).toBe("12,345");
  expect([950, 12_345, 99_960, 999_960, 4_100_000, 2e9].map(formatShort)).toEqual([
    "950",
    "12.3k",
    "100k",
    "1.0M",
    "4.1M",
    "2.0G",
  ]);
  expect([12, 1200, 3_400_000].map(formatBytes)).toEqual(["12 B", "1.2 kB", "3.4 MB"]);
  expect([plural(1, "session"), plural(2, "session")]).toEqual(["1 session", "2 sessions"]);
});

it("says when", () => {
  const now = new Date(2026, 10, 26, 15, 0).getTime();
  const before = (days: number, hours: number, minutes = 0) =>
    formatWhen(new Date(2026, 10, 26 - days, 15 - hours, -minutes).toISOString(), now);
  expect(before(0, 0)).toBe("just now");
  expect(before(0, 0, 4)).toBe("4 min ago");
  expect(before(0, 3)).toBe("3 h ago");
  expect(before(1, 1)).toBe("yesterday 14:00");
  expect(before(4, 0)).toBe("Sun 15:00");
  expect(before(20, 0)).toBe("6 Nov 15:00");
  expect(before(-7, 0)).toBe("3 Dec 15:00");
  expect(formatWhen(new Date(2025, 2, 1).toISOString(), now)).toBe("1 Mar 2025");
});

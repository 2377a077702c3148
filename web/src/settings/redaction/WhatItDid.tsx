import type { RedactionCounts } from "@/api/types";
import { formatCount, plural } from "@/format/count";
import { Visible } from "@/replay/text/Visible";
import { Table } from "@/ui/Table";
import { daysOf, failureCounts, kindCounts, reasonWords } from "./counts";

/** What was replaced by type and day, and what could not be redacted. */
export function WhatItDid({
  counts,
  titles,
}: {
  counts: RedactionCounts;
  titles: ReadonlyMap<string, string>;
}) {
  const kinds = kindCounts(counts);
  const days = daysOf(counts);
  const failures = failureCounts(counts);
  const most = Math.max(1, ...kinds.flatMap((kind) => kind.days));
  return (
    <section className="settings-part">
      <div className="settings-head">
        <h3>What it did</h3>
        <p className="quiet">
          {formatDay(counts.from)} to {formatDay(counts.to)}, UTC
        </p>
      </div>
      {kinds.length === 0 ? (
        <p className="redaction-none">Nothing was replaced in these days.</p>
      ) : (
        <>
          <Table
            caption="Replaced by type"
            heads={[{ name: "Type" }, { name: "Day by day", wide: true }, { name: "Replaced" }]}
          >
            {kinds.map(({ kind, total, days: numbers }) => (
              <tr key={kind}>
                <th scope="row">
                  {titles.get(kind) ?? <Visible text={kind} />}
                  <span className="table-note mono">
                    <Visible text={kind} />
                  </span>
                </th>
                <td className="table-wide did-bars">
                  <Bars numbers={numbers} most={most} />
                </td>
                <td className="mono">{formatCount(total)}</td>
              </tr>
            ))}
          </Table>
          <details className="did-days">
            <summary>Day by day, in numbers</summary>
            <Table
              caption="Replaced by day and type"
              heads={[{ name: "Day" }, { name: "Type" }, { name: "Replaced" }, { name: "Sessions" }]}
            >
              {counts.days
                .filter(({ day }) => days.includes(day))
                .toSorted((one, other) => (one.day === other.day ? 0 : one.day < other.day ? 1 : -1))
                .map(({ day, kind, count, sessions }) => (
                  <tr key={`${day} ${kind}`}>
                    <td>{formatDay(day)}</td>
                    <td className="mono">
                      <Visible text={kind} />
                    </td>
                    <td className="mono">{formatCount(count)}</td>
                    <td className="mono">{formatCount(sessions)}</td>
                  </tr>
                ))}
            </Table>
          </details>
        </>
      )}
      {failures.length === 0 ? (
        <p className="quiet did-failures">Nothing had to be dropped: all that came could be redacted.</p>
      ) : (
        <div className="did-failures">
          <p>Content that could not be redacted was dropped; its metadata is kept.</p>
          <Table
            caption="Dropped by reason"
            heads={[{ name: "Reason" }, { name: "Dropped" }, { name: "Last on", wide: true }]}
          >
            {failures.map(({ reason, total, last }) => (
              <tr key={reason}>
                <th scope="row">
                  <Visible text={reasonWords(reason)} />
                  <span className="table-note mono">
                    <Visible text={reason} />
                  </span>
                </th>
                <td>{plural(total, "record")}</td>
                <td className="table-wide">{formatDay(last)}</td>
              </tr>
            ))}
          </Table>
        </div>
      )}
    </section>
  );
}

const BAR = 5;
const HEIGHT = 22;

/** One bar a day; the table of numbers says the same. */
function Bars({ numbers, most }: { numbers: readonly number[]; most: number }) {
  return (
    <svg
      className="bars"
      viewBox={`0 0 ${numbers.length * (BAR + 1)} ${HEIGHT}`}
      width={numbers.length * (BAR + 1)}
      height={HEIGHT}
      aria-hidden="true"
    >
      {numbers.map((number, place) => {
        // What is not nothing is seen.
        const height = number === 0 ? 1 : Math.max(3, Math.round((number / most) * HEIGHT));
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: days do not move
            key={place}
            className={number === 0 ? "bar bar-none" : "bar"}
            x={place * (BAR + 1)}
            y={HEIGHT - height}
            width={BAR}
            height={height}
          />
        );
      })}
    </svg>
  );
}

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

const formatDay = (date: string) => day.format(Date.parse(`${date}T00:00:00Z`));

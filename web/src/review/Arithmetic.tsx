import type { Arithmetic as Computed } from "@/api/queues";
import { VisibleLine } from "@/replay/text/Visible";

const amount = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** How a score comes about: each section's points, its weight, and the whole. The numbers are the server's. */
export function Arithmetic({
  computed,
  titleOf,
  isWhole = true,
}: {
  computed: Computed;
  titleOf: (item: string) => string;
  /** False while items are still to be answered: then nothing has passed yet. */
  isWhole?: boolean;
}) {
  const { percent, percent_before_auto_fail: before, passed, auto_failed, arithmetic } = computed;
  return (
    <div className="arithmetic">
      <p className="arithmetic-whole">
        <span className="arithmetic-percent">{percent === null ? "–" : `${amount.format(percent)} %`}</span>{" "}
        {!isWhole && <span className="quiet">so far</span>}
        {isWhole && passed !== null && (
          <span className={passed ? "verdict-good" : "verdict-wrong"}>
            {passed ? "passed" : "not passed"}
          </span>
        )}
      </p>
      {auto_failed.length > 0 && (
        <p className="arithmetic-failed">
          Failed by itself:{" "}
          {auto_failed.map((item, place) => (
            <span key={item}>
              {place > 0 && ", "}
              <VisibleLine text={titleOf(item)} charactersMax={120} />
            </span>
          ))}
          {before !== null && <span className="quiet"> (else {amount.format(before)} %)</span>}
        </p>
      )}
      <table>
        <caption className="visually-hidden">How the score comes about</caption>
        <thead className="visually-hidden">
          <tr>
            <th scope="col">Section</th>
            <th scope="col">Points</th>
            <th scope="col">Percent</th>
            <th scope="col">Weight</th>
          </tr>
        </thead>
        <tbody>
          {arithmetic.map(({ section, title, earned, possible, percent: part, weight }) => (
            <tr key={section}>
              <th scope="row">
                <VisibleLine text={title} charactersMax={80} />
              </th>
              <td>
                {amount.format(earned)} / {amount.format(possible)}
              </td>
              <td>{part === null ? "–" : `${amount.format(part)} %`}</td>
              <td className="quiet">× {amount.format(weight)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import {
  type Agreement,
  type AgreementFigures,
  agreementQuery,
  queuesQuery,
  type Rates,
  type ReviewerFigures,
  ratesQuery,
  rubricsQuery,
} from "@/api/queues";
import { formatCount, plural } from "@/format/count";
import { formatDifference, formatFigure, formatShare } from "@/format/figures";
import { VisibleLine } from "@/replay/text/Visible";
import { visibleLine } from "@/replay/text/visible";
import { Choice, Field } from "@/ui/Field";
import { Loading } from "@/ui/Loading";
import { ErrorNotice, Notice } from "@/ui/Notice";
import { PageTitle } from "@/ui/PageTitle";
import { Table } from "@/ui/Table";
import { IntervalBar } from "./IntervalBar";
import { type TrustSearch, trustQueryOf } from "./trust-search";
import "./manage.css";

const ROUTE = "/signed-in/w/$workspace/reviewing/review/agreement";

/** Whether judgements can be trusted: agreement by item and pair, leniency, known answers, and rates from random samples. */
export function AgreementPage() {
  const { workspace } = useParams({ from: "/signed-in/w/$workspace" });
  const search = useSearch({ from: ROUTE });
  const query = trustQueryOf(search);
  const agreement = useQuery(agreementQuery(workspace, query));
  const rates = useQuery(ratesQuery(workspace, query));
  return (
    <section>
      <PageTitle>Agreement</PageTitle>
      <header className="settings-head">
        <h2>Agreement</h2>
      </header>
      <Filter workspace={workspace} search={search} />
      {agreement.isError ? (
        <ErrorNotice
          title="The agreement could not be computed"
          error={agreement.error}
          onRetry={() => agreement.refetch()}
        />
      ) : agreement.data ? (
        <Figures agreement={agreement.data} />
      ) : (
        <Loading />
      )}
      {rates.isError ? (
        <ErrorNotice
          title="The rates could not be estimated"
          error={rates.error}
          onRetry={() => rates.refetch()}
        />
      ) : (
        rates.data && <RatesPart rates={rates.data} />
      )}
    </section>
  );
}

function Filter({ workspace, search }: { workspace: string; search: TrustSearch }) {
  const navigate = useNavigate();
  const rubrics = useQuery(rubricsQuery(workspace)).data?.items ?? [];
  const queues = useQuery(queuesQuery(workspace)).data?.items ?? [];
  const set = (change: { [Key in keyof TrustSearch]: string }) =>
    navigate({
      to: "/w/$workspace/review/agreement",
      params: { workspace },
      search: { ...search, ...change },
      replace: true,
    });
  return (
    <div className="agreement-filter">
      <Choice
        label="Judged by"
        value={search.rubric ?? ""}
        options={[
          { value: "", name: "verdicts" },
          ...rubrics.map(({ id, name }) => ({ value: id, name: visibleLine(name, 80) })),
        ]}
        onChange={(rubric) => set({ rubric })}
      />
      <Choice
        label="Queue"
        value={search.queue ?? ""}
        options={[
          { value: "", name: "all" },
          ...queues.map(({ id, name }) => ({ value: id, name: visibleLine(name, 80) })),
        ]}
        onChange={(queue) => set({ queue })}
      />
      <Field
        label="From"
        type="date"
        value={search.from ?? ""}
        onChange={(event) => set({ from: event.target.value })}
      />
      <Field
        label="To"
        type="date"
        value={search.to ?? ""}
        onChange={(event) => set({ to: event.target.value })}
      />
    </div>
  );
}

function Figures({ agreement }: { agreement: Agreement }) {
  const { items, needed, resamples, criteria, reviewers } = agreement;
  if (items === 0) {
    return (
      <Notice title="Nothing to compare yet">
        <p>
          Agreement is measured on items of queues that two reviewers or more have judged, {needed} of them at
          least. Queues with several reviewers for each item give them.
        </p>
      </Notice>
    );
  }
  return (
    <>
      <p className="quiet">
        {plural(items, "item")} judged. Alpha is Krippendorff's, with its 95 % interval by{" "}
        {formatCount(resamples)} resamples of the items: 1 is perfect, 0 what chance gives. AC1 is Gwet's,
        which does not fall when nearly all is of one kind. Figures are given from {needed} items on.
      </p>
      <div className="agreement-figures">
        <Table
          caption="Agreement by item"
          heads={[{ name: "In" }, { name: "n" }, { name: "Equal" }, { name: "Alpha" }, { name: "AC1" }]}
        >
          {criteria.map(({ id, title, all, left_out }) => (
            <FiguresRow key={id} name={title} figures={all} needed={needed} leftOut={left_out} />
          ))}
        </Table>
      </div>
      <Pairs agreement={agreement} />
      <Reviewers reviewers={reviewers} />
    </>
  );
}

function FiguresRow({
  name,
  figures,
  needed,
  leftOut = 0,
}: {
  name: string;
  figures: AgreementFigures;
  needed: number;
  /** Judgements by versions of the rubric that asked something else. */
  leftOut?: number;
}) {
  const { n, raw, alpha, alpha_interval, ac1, reason } = figures;
  return (
    <tr>
      <th scope="row" className="manage-name">
        <VisibleLine text={name} charactersMax={160} />
        {reason !== null && n >= needed && <span className="table-note">{visibleLine(reason, 200)}</span>}
        {leftOut > 0 && (
          <span className="table-note">
            {plural(leftOut, "judgement")} left out: by a version of the rubric that asks or weighs otherwise
          </span>
        )}
      </th>
      <td>{formatCount(n)}</td>
      {raw === null ? (
        <td colSpan={3} className="quiet">
          needs {needed}, has {formatCount(n)}
        </td>
      ) : (
        <>
          <td>{formatShare(raw)}</td>
          <td>
            {alpha === null ? (
              "–"
            ) : (
              <span className="interval-cell">
                <span>
                  {formatFigure(alpha)}{" "}
                  {alpha_interval && (
                    <span className="quiet">
                      {formatFigure(alpha_interval.low)} to {formatFigure(alpha_interval.high)}
                    </span>
                  )}
                </span>
                <IntervalBar value={alpha} interval={alpha_interval} from={-0.2} to={1} />
              </span>
            )}
          </td>
          <td>{ac1 === null ? "–" : formatFigure(ac1)}</td>
        </>
      )}
    </tr>
  );
}

function Pairs({ agreement: { criteria, needed } }: { agreement: Agreement }) {
  const pairs = criteria.flatMap(({ id, title, pairs: of }) =>
    of.map(({ one, other, figures }) => ({
      key: `${id} ${one.id} ${other.id}`,
      name: `${one.name} and ${other.name}${criteria.length > 1 ? `, ${title}` : ""}`,
      figures,
    })),
  );
  return (
    pairs.length > 0 && (
      <section className="settings-part">
        <h3>By pair</h3>
        <div className="agreement-figures">
          <Table
            caption="Agreement by pair"
            heads={[{ name: "Pair" }, { name: "n" }, { name: "Equal" }, { name: "Alpha" }, { name: "AC1" }]}
          >
            {pairs.map(({ key, name, figures }) => (
              <FiguresRow key={key} name={name} figures={figures} needed={needed} />
            ))}
          </Table>
        </div>
      </section>
    )
  );
}

/** Far enough for most; what lies beyond ends at the edge. */
const LENIENCY_SHOWN = 30;

function Reviewers({ reviewers }: { reviewers: readonly ReviewerFigures[] }) {
  return (
    <section className="settings-part">
      <h3>By reviewer</h3>
      <p className="quiet">
        Leniency is how far someone is above the others on the same items, in percent. Where its interval
        holds zero, nothing was shown.
      </p>
      <Table
        caption="Reviewers"
        heads={[{ name: "Reviewer" }, { name: "Judged" }, { name: "Leniency" }, { name: "Known answers" }]}
      >
        {reviewers.map(({ reviewer, judged, leniency, leniency_reason, gold }) => (
          <tr key={reviewer.id}>
            <th scope="row">
              <VisibleLine text={reviewer.me ? "You" : reviewer.name} charactersMax={60} />
            </th>
            <td>{formatCount(judged)}</td>
            <td className="manage-name">
              {leniency ? (
                <span className="interval-cell">
                  <span>
                    {formatDifference(leniency.difference)}{" "}
                    <span className="quiet">
                      {formatDifference(leniency.interval.low)} to {formatDifference(leniency.interval.high)},
                      n {formatCount(leniency.n)}
                    </span>
                  </span>
                  <IntervalBar
                    value={leniency.difference}
                    interval={leniency.interval}
                    from={-LENIENCY_SHOWN}
                    to={LENIENCY_SHOWN}
                  />
                </span>
              ) : (
                <span className="quiet">
                  {leniency_reason === null ? "–" : visibleLine(leniency_reason, 160)}
                </span>
              )}
            </td>
            <td>
              {gold?.right != null && gold.interval ? (
                <>
                  {formatShare(gold.right)} right{" "}
                  <span className="quiet">
                    {formatShare(gold.interval.low)} to {formatShare(gold.interval.high)}, n{" "}
                    {formatCount(gold.n)}
                  </span>
                </>
              ) : (
                <span className="quiet">{gold ? "none to compare with" : "none judged"}</span>
              )}
              {gold && gold.left_out > 0 && (
                <span className="table-note">
                  {formatCount(gold.left_out)} left out: by a version of the rubric that weighs otherwise
                </span>
              )}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function RatesPart({ rates: { rate, mean_percent, reason, bound, strata } }: { rates: Rates }) {
  return (
    <section className="settings-part">
      <h3>Estimated from random samples</h3>
      {rate ? (
        <p>
          <strong>{formatShare(rate.value)}</strong> good,{" "}
          <span className="quiet">
            {formatShare(rate.interval.low)} to {formatShare(rate.interval.high)} with 95 % confidence, n{" "}
            {formatCount(rate.n)} of {formatCount(rate.population)} sessions in{" "}
            {plural(rate.strata, "stratum", "strata")}
            {rate.strata_without > 0 &&
              `; of ${plural(rate.strata_without, "more stratum", "more strata")} nothing is judged yet`}
          </span>
          {mean_percent && (
            <>
              . Mean score <strong>{formatFigure(mean_percent.value)} %</strong>,{" "}
              <span className="quiet">
                {formatFigure(mean_percent.interval.low)} to {formatFigure(mean_percent.interval.high)}
              </span>
            </>
          )}
        </p>
      ) : (
        <p className="quiet">
          No rate{reason !== null && `: ${visibleLine(reason, 300)}`}. What was picked for its errors, or by
          hand, says nothing about the rest.
        </p>
      )}
      {bound && strata.length > 0 && (
        <p className="quiet">
          Of your projects only. Sessions that are seen in others too are left out; where there are such, how
          many sessions a stratum has is estimated from what was drawn.
        </p>
      )}
      {strata.length > 0 && (
        <Table
          caption="Strata"
          heads={[
            { name: "Project" },
            { name: "Week of" },
            { name: "Sessions" },
            { name: "Drawn" },
            { name: "Judged" },
            { name: "Weight", wide: true },
            { name: "Good" },
          ]}
        >
          {strata.map((stratum) => (
            <tr key={`${stratum.project} ${stratum.week}`}>
              <th scope="row">
                <VisibleLine text={stratum.project} charactersMax={60} />
              </th>
              <td>{stratum.week.slice(0, 10)}</td>
              <td>{formatCount(stratum.population)}</td>
              <td>{formatCount(stratum.drawn)}</td>
              <td>{formatCount(stratum.judged)}</td>
              <td className="table-wide">{stratum.weight === null ? "–" : formatFigure(stratum.weight)}</td>
              <td>{stratum.rate === null ? "–" : formatShare(stratum.rate)}</td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}

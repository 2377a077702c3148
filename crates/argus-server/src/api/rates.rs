//! `GET …/rates`: how good sessions are, estimated from the random part of what was judged.

use std::sync::Arc;

use argus_insight::interval::Estimate;
use argus_store::{ReadScope, TrustQuery};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::agreement::{IntervalView, time};
use super::extract::Params;
use super::reply;
use super::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RateParams {
    /// The rubric whose scores are looked at; without it, verdicts are.
    rubric: Option<String>,
    /// Samples of this queue only.
    queue: Option<String>,
    /// Weeks that end after this time, RFC 3339.
    from: Option<String>,
    /// Weeks that begin before this time, RFC 3339.
    to: Option<String>,
    /// Sessions of this project only.
    project: Option<String>,
}

/// Rates that are estimated from random samples only: what was picked by hand or for its errors says nothing about the rest.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rates)]
pub(crate) struct RatesView {
    /// The rubric; null of verdicts.
    #[schema(required = true)]
    rubric: Option<String>,
    /// The share of sessions that pass, or whose verdict is good, 0 to 1; null with the reason.
    #[schema(required = true)]
    rate: Option<EstimateView>,
    /// The mean score, in percent; null of verdicts, and with the reason.
    #[schema(required = true)]
    mean_percent: Option<EstimateView>,
    /// Why there is no rate.
    #[schema(required = true)]
    reason: Option<String>,
    /// Whether the reader is bound to projects. Then sessions that are other projects' too are in none of the figures, and of how many
    /// sessions the others are is estimated, where there are such, by their share of what was drawn.
    bound: bool,
    /// What was drawn from by itself: each project in each week.
    strata: Vec<StratumView>,
}

/// An estimate with what it rests on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RateEstimate)]
pub(crate) struct EstimateView {
    /// Each stratum's mean, weighted by how many sessions it has.
    value: f64,
    /// Where it lies with 95 % confidence.
    interval: IntervalView,
    /// Sessions that were drawn and judged.
    n: usize,
    /// How many of equal weight would say as much.
    n_effective: f64,
    /// Sessions of the strata that it speaks of.
    population: u64,
    /// Strata that it speaks of.
    strata: usize,
    /// Strata of which nothing that was drawn is judged yet: it does not speak of them.
    strata_without: usize,
}

/// The sessions of one project in one week.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RateStratum)]
pub(crate) struct StratumView {
    project: String,
    /// The first moment of the week.
    week: Time,
    /// How many sessions there were.
    population: u64,
    /// How many were drawn.
    drawn: u64,
    /// How many of those are judged by all that they need.
    judged: usize,
    /// How many sessions each judged one stands for; null while none is.
    #[schema(required = true)]
    weight: Option<f64>,
    /// The rate among the judged ones; null while there is none.
    #[schema(required = true)]
    rate: Option<f64>,
}

/// How good sessions are, estimated from the random part of what was judged.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/rates", tag = "queues", operation_id = "get_rates",
    params(("workspace" = String, Path), RateParams), responses((status = 200, body = RatesView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<RateParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let view = app.blocking(move || view(&access, params)).await?;
    reply::json(&headers, &view)
}

fn view(access: &Access, params: RateParams) -> Result<RatesView, Refusal> {
    let workspace = &access.workspace;
    if let Some(rubric) = &params.rubric
        && workspace.rubric(rubric, None, &ReadScope::all())?.is_none()
    {
        return Err(Refusal::new(ErrorCode::NotFound, "there is no such rubric"));
    }
    let query = TrustQuery {
        rubric: params.rubric.clone(),
        queue: params.queue,
        from_us: time(params.from.as_deref())?,
        to_us: time(params.to.as_deref())?,
        project: params.project,
        scope: access.scope.clone(),
        reader: access.reader(),
    };
    let found = workspace.rates(&query)?;
    Ok(RatesView {
        bound: access.scope.projects.is_some(),
        rubric: params.rubric,
        rate: found.rate.map(|rate| EstimateView::of(rate, 1.0)),
        mean_percent: found.mean.map(|mean| EstimateView::of(mean, 100.0)),
        reason: found.why_none.map(str::to_owned),
        strata: found
            .strata
            .into_iter()
            .zip(found.passed)
            .map(|(sampled, found)| {
                let judged = found.values.len();
                let sum: f64 = found.values.iter().sum();
                let per = |value: f64| (judged > 0).then(|| value / judged as f64);
                StratumView {
                    weight: per(sampled.population as f64),
                    rate: per(sum),
                    project: sampled.project,
                    week: Time(sampled.from_us),
                    population: sampled.population,
                    drawn: sampled.drawn,
                    judged,
                }
            })
            .collect(),
    })
}

impl EstimateView {
    fn of(found: Estimate, unit: f64) -> Self {
        Self {
            value: found.value * unit,
            interval: IntervalView::scaled(found.interval, unit),
            n: found.n,
            n_effective: found.n_effective,
            population: found.population,
            strata: found.strata,
            strata_without: found.strata_without,
        }
    }
}

//! `GET …/redaction/counts`: what redaction did, by day.

use std::sync::Arc;

use argus_session::time::{parse_rfc3339_us, rfc3339};
use argus_store::RedactionCounts;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Microseconds of a day.
const DAY_US: i64 = 86_400_000_000;
/// Without `from`, so many days up to `to`.
const DAYS: i64 = 30;
/// Most days that are asked for at once.
const DAYS_MAX: i64 = 400;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CountParams {
    /// The first day, such as `2026-11-01` (UTC). Without it, 30 days in all.
    from: Option<String>,
    /// The last day. Without it, today.
    to: Option<String>,
}

/// What redaction did, in the sessions that the reader may read.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CountsView {
    /// The first day.
    from: String,
    /// The last day.
    to: String,
    /// Replacements. A day and type without any has no row.
    days: Vec<DayView>,
    /// Contents that were dropped because they could not be redacted; their metadata is kept.
    failures: Vec<FailureView>,
    /// Records of the whole workspace by the version of the rules under which they were looked through last.
    versions: Vec<VersionView>,
    /// The version in force.
    version: u32,
    /// Records of the whole workspace that stand under older rules: `argus redact rescan` looks through them.
    records_behind: u64,
}

/// Replacements of one type on one day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionDay)]
pub(crate) struct DayView {
    /// The day, UTC.
    day: String,
    /// The type.
    kind: String,
    count: u64,
    /// Sessions in which they are.
    sessions: u64,
}

/// Contents dropped on one day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionFailure)]
pub(crate) struct FailureView {
    /// The day, UTC.
    day: String,
    /// Why.
    reason: String,
    /// Records.
    count: u64,
}

/// Records under one version of the rules.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RedactionVersion)]
pub(crate) struct VersionView {
    version: u32,
    records: u64,
}

/// What redaction did, by day: replacements by type, failures by reason; and how many records stand under older rules.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/redaction/counts", tag = "redaction", operation_id = "get_redaction_counts",
    params(("workspace" = String, Path), CountParams), responses((status = 200, body = CountsView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<CountParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let to = match &params.to {
        Some(day) => number_of(day, "to")?,
        None => app.store.now_us().div_euclid(DAY_US),
    };
    let from = match &params.from {
        Some(day) => number_of(day, "from")?,
        None => to - (DAYS - 1),
    };
    if from > to || to - from >= DAYS_MAX {
        let detail = format!("\"from\" is before \"to\", by {DAYS_MAX} days at most");
        return Err(Refusal::new(ErrorCode::InvalidRequest, detail));
    }
    let view = app
        .blocking(move || {
            let workspace = &access.workspace;
            let version = workspace.redactor().rule_set().version;
            let counts = workspace.redaction_counts(from * DAY_US, to * DAY_US, &access.scope)?;
            Ok(CountsView::of(counts, version, from, to))
        })
        .await?;
    reply::json(&headers, &view)
}

impl CountsView {
    fn of(counts: RedactionCounts, version: u32, from: i64, to: i64) -> Self {
        let days = counts.kinds.into_iter().map(|of| DayView {
            day: name_of(of.day),
            kind: of.kind,
            count: of.count,
            sessions: of.sessions,
        });
        let failures = counts.failures.into_iter().map(|of| FailureView {
            day: name_of(of.day),
            reason: of.reason,
            count: of.count,
        });
        let versions = counts.versions.into_iter().map(|of| VersionView {
            version: of.version,
            records: of.records,
        });
        Self {
            from: name_of(from),
            to: name_of(to),
            days: days.collect(),
            failures: failures.collect(),
            versions: versions.collect(),
            version,
            records_behind: counts.records_behind,
        }
    }
}

/// Days since 1970 of a day's name.
fn number_of(day: &str, parameter: &str) -> Result<i64, Refusal> {
    parse_rfc3339_us(&format!("{day}T00:00:00Z"))
        .map(|us| us.div_euclid(DAY_US))
        .ok_or_else(|| {
            let detail = format!("\"{parameter}\" is a day such as 2026-11-01");
            Refusal::new(ErrorCode::InvalidRequest, detail)
        })
}

fn name_of(day: i64) -> String {
    rfc3339(day * DAY_US)
        .chars()
        .take("2026-11-01".len())
        .collect()
}

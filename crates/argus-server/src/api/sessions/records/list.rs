//! `GET …/sessions/{session}/records`: a session's records in the order in which they were received.

use std::sync::Arc;

use argus_session::Source;
use argus_store::RecordRange;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::RecordHead;
use crate::api::extract::{Params, Segments};
use crate::api::sessions::reading::read;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Most records at once.
const RECORDS_MAX: u64 = 200;

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct RecordParams {
    /// Only those of these sources, separated by commas, such as `otel_log,otel_span,otel_metric`.
    sources: Option<String>,
    /// The first record's place.
    #[serde(default)]
    offset: u64,
    /// The part in which this record is, in place of `offset`.
    around: Option<u64>,
    /// How many, 1 to 200.
    #[serde(default = "default_limit")]
    #[param(default = 100, minimum = 1, maximum = 200)]
    limit: u64,
}

const fn default_limit() -> u64 {
    100
}

/// A part of a session's records, by place.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordList {
    items: Vec<ListedRecord>,
    /// The first one's place.
    offset: u64,
    /// Length of the whole list.
    total: u64,
    /// The session's state that this is of.
    version: String,
}

/// A record and the step that rests on it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ListedRecord {
    #[serde(flatten)]
    head: RecordHead,
    /// The place, in the session's one list, of the first step that rests on it; null when none does.
    #[schema(required = true)]
    step: Option<u64>,
}

/// Records of a session, in the order in which they were received.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/records", tag = "sessions", operation_id = "list_records",
    params(("workspace" = String, Path), ("session" = String, Path), RecordParams),
    responses((status = 200, body = RecordList)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    Params(params): Params<RecordParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let sources = sources(params.sources.as_deref())?;
    read(app, access, id, headers, move |session| {
        let marks = session.marks()?;
        let found = session.workspace.session_records(
            session.id,
            RecordRange {
                sources: &sources,
                offset: params.offset,
                around: params.around,
                limit: params.limit.clamp(1, RECORDS_MAX),
            },
        )?;
        let items = found
            .rows
            .into_iter()
            .map(|row| ListedRecord {
                step: marks.step_of(row.id),
                head: row.into(),
            })
            .collect();
        Ok(RecordList {
            items,
            offset: found.offset,
            total: found.total,
            version: session.version(),
        })
    })
    .await
}

fn sources(names: Option<&str>) -> Result<Vec<Source>, Refusal> {
    names
        .into_iter()
        .flat_map(|names| names.split(','))
        .map(|name| {
            Source::from_name(name.trim()).ok_or_else(|| {
                let detail = "\"sources\" is a list of sources with commas between, such as otel_log,otel_span";
                Refusal::new(ErrorCode::InvalidRequest, detail)
            })
        })
        .collect()
}

//! `GET …/steps/{step}/records`: the records that a step rests on, each with its content and its proof.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{BODY_BYTES_MAX, RecordView};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::api::sessions::{open, step::no_step};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Most bytes of contents in one answer; what does not fit is cut, each to its share.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// The records that a step rests on, and other contents of the same items.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct StepRecords {
    /// By number; at most 100.
    items: Vec<RecordView>,
    /// How many more the step rests on.
    more: u64,
}

/// The records that a step rests on.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/steps/{step}/records", tag = "sessions", operation_id = "list_step_records",
    params(("workspace" = String, Path), ("session" = String, Path), ("step" = String, Path)),
    responses((status = 200, body = StepRecords), (status = 404, description = "No such step")))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id, step)): Segments<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let records = app
        .blocking(move || {
            open(&of_app, &access, &id)?;
            let workspace = &access.workspace;
            let (ids, more) = workspace.step_records(&id, &step)?.ok_or_else(no_step)?;
            let share = BODY_BYTES_MAX.min(ANSWER_BYTES_MAX / ids.len().max(1));
            let mut items = Vec::with_capacity(ids.len());
            for record in ids {
                if let Some(detail) = workspace.session_record(&id, record)? {
                    items.push(RecordView::of(detail, share)?);
                }
            }
            Ok(StepRecords { items, more })
        })
        .await?;
    reply::json(&headers, &records)
}

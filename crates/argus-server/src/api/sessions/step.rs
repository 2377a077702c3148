//! `GET …/sessions/{session}/steps/{step}`: one step, by its id or any id that it ever had.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{StepRow, open, outline};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Longest text that is given with the step; `content` gives the rest.
const STEP_TEXT_BYTES_MAX: usize = 1024 * 1024;

/// One step, with its place in the session's one list.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/steps/{step}", tag = "sessions", operation_id = "get_step",
    params(("workspace" = String, Path), ("session" = String, Path), ("step" = String, Path)),
    responses((status = 200, body = StepRow), (status = 404, description = "No such step")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id, step)): Segments<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let row = app
        .blocking(move || {
            let version = open(&of_app, &access, &id)?;
            let outline = outline(&of_app, &access, &id, version)?;
            let found = access
                .workspace
                .flat_step(&id, &step, &outline, STEP_TEXT_BYTES_MAX)?
                .ok_or_else(no_step)?;
            Ok(StepRow::of(found, &outline))
        })
        .await?;
    reply::json(&headers, &row)
}

pub(super) fn no_step() -> Refusal {
    Refusal::new(ErrorCode::NotFound, "this session has no such step")
}

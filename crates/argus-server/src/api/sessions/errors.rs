//! `GET …/sessions/{session}/errors`: where the steps that failed stand, so that a reader can go from one to the next.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{open, outline, version_name};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Most places that are told.
const ERRORS_MAX: usize = 10_000;

/// Where the steps that failed stand.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorPlaces {
    /// Places in the session's one list of steps, ascending; the first 10,000.
    indexes: Vec<u64>,
    version: String,
}

/// Places of the steps that failed.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/errors", tag = "sessions", operation_id = "list_errors",
    params(("workspace" = String, Path), ("session" = String, Path)),
    responses((status = 200, body = ErrorPlaces)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let places = app
        .blocking(move || {
            let version = open(&of_app, &access, &id)?;
            let outline = outline(&of_app, &access, &id, version)?;
            Ok(ErrorPlaces {
                indexes: access.workspace.error_places(&id, &outline, ERRORS_MAX)?,
                version: version_name(version),
            })
        })
        .await?;
    reply::json(&headers, &places)
}

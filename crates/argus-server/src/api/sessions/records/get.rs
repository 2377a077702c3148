//! `GET …/sessions/{session}/records/{record}`: one record with its content and its proof.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{BODY_BYTES_MAX, RecordView, no_record, number};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::api::sessions::open;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// One record, with its content and the proof that it is in the ledger.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/records/{record}", tag = "sessions", operation_id = "get_record",
    params(("workspace" = String, Path), ("session" = String, Path), ("record" = String, Path)),
    responses((status = 200, body = RecordView), (status = 404, description = "The session has no such record")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id, record)): Segments<(String, String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            open(&of_app, &access, &id)?;
            let found = access.workspace.session_record(&id, number(&record)?)?;
            RecordView::of(found.ok_or_else(no_record)?, BODY_BYTES_MAX)
        })
        .await?;
    reply::json(&headers, &view)
}

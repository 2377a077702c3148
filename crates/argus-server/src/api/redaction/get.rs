//! `GET …/redaction`: what the workspace redacts.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::RedactionView;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What the workspace redacts: built-in rules, and what it decided itself.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/redaction", tag = "redaction", operation_id = "get_redaction",
    params(("workspace" = String, Path)), responses((status = 200, body = RedactionView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let held = access.workspace.redaction_policy()?;
            RedactionView::of(&of_app, &access, held)
        })
        .await?;
    reply::json(&headers, &view)
}

//! `GET …/capture-policy`: what becomes of sessions that are made private.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::CapturePolicyView;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// The capture policy.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/capture-policy", tag = "capture", operation_id = "get_capture_policy",
    params(("workspace" = String, Path)), responses((status = 200, body = CapturePolicyView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let held = access.workspace.capture_policy()?;
            CapturePolicyView::of(&of_app, &access, held)
        })
        .await?;
    reply::json(&headers, &view)
}

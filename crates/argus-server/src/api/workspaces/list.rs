//! `GET /api/v1/workspaces`: where somebody may do what.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{WorkspaceGrant, granted};
use crate::api::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Principal;
use crate::refusal::Refusal;

/// Own workspaces.
#[utoipa::path(get, path = "/api/v1/workspaces", tag = "workspaces", operation_id = "list_workspaces",
    responses((status = 200, body = List<WorkspaceGrant>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    principal: Principal,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app.blocking(move || granted(&of_app, &principal)).await?;
    reply::json(&headers, &List { items })
}

//! `POST …/queue-items/{item}/release`: a reviewer gives an item back.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::answered;
use crate::api::extract::Segments;
use crate::api::queues::item::QueueItemView;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Gives an item back that the reviewer has.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queue-items/{item}/release", tag = "queues", operation_id = "release_queue_item",
    params(("workspace" = String, Path), ("item" = String, Path)),
    responses((status = 200, body = QueueItemView), (status = 409, description = "As things stand it cannot be done: the detail says how they stand")))]
pub(crate) async fn release(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, item)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answered(&app, access, headers, item, move |access, item| {
        let workspace = &access.workspace;
        Ok(workspace.release_item(item, &access.principal.actor(), &access.scope)?)
    })
    .await
}

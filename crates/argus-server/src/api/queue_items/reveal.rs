//! `POST …/queue-items/{item}/reveal`: what was scored in private is shown.

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

/// Shows what everybody said of an item of a calibration.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queue-items/{item}/reveal", tag = "queues", operation_id = "reveal_queue_item",
    params(("workspace" = String, Path), ("item" = String, Path)),
    responses((status = 200, body = QueueItemView), (status = 409, description = "As things stand it cannot be done: the detail says how they stand")))]
pub(crate) async fn reveal(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, item)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answered(&app, access, headers, item, move |access, item| {
        let workspace = &access.workspace;
        Ok(workspace.reveal_item(item, &access.principal.actor(), &access.scope)?)
    })
    .await
}

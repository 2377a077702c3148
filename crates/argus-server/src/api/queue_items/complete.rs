//! `POST …/queue-items/{item}/complete`: a reviewer is done with an item.

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

/// What the reviewer says of the item's session or turn stands for it: a score by the queue's rubric, or a verdict where it has none.
/// A reservation is not needed where nobody else is at it.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queue-items/{item}/complete", tag = "queues", operation_id = "complete_queue_item",
    params(("workspace" = String, Path), ("item" = String, Path)),
    responses((status = 200, body = QueueItemView), (status = 409, description = "As things stand it cannot be done: the detail says how they stand")))]
pub(crate) async fn complete(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, item)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answered(&app, access, headers, item, move |access, item| {
        let workspace = &access.workspace;
        Ok(workspace.complete_item(item, &access.principal.actor(), &access.scope)?)
    })
    .await
}

//! `POST …/queues/{queue}/close`: a queue ends.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{QueueView, view};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Closes a queue: nothing in it changes any more, and nothing of it is blind.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queues/{queue}/close", tag = "queues", operation_id = "close_queue",
    params(("workspace" = String, Path), ("queue" = String, Path)), responses((status = 200, body = QueueView)))]
pub(crate) async fn close(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, queue)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let view = app
        .blocking(move || {
            access
                .workspace
                .close_queue(&queue, &access.principal.actor(), &access.scope)?;
            view(&access, &queue)
        })
        .await?;
    reply::json(&headers, &view)
}

//! `GET …/queue-items/{item}`: one item of a queue.

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

/// An item of a queue.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/queue-items/{item}", tag = "queues", operation_id = "get_queue_item",
    params(("workspace" = String, Path), ("item" = String, Path)), responses((status = 200, body = QueueItemView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, item)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    answered(&app, access, headers, item, |_, _| Ok(())).await
}

//! `GET …/queues/{queue}`: one queue.

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

/// A queue.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/queues/{queue}", tag = "queues", operation_id = "get_queue",
    params(("workspace" = String, Path), ("queue" = String, Path)), responses((status = 200, body = QueueView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, queue)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let view = app.blocking(move || view(&access, &queue)).await?;
    reply::json(&headers, &view)
}

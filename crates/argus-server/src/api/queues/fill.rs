//! `POST …/queues/{queue}/fill`: a queue's rules, now.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What filling did.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueFilled)]
pub(crate) struct FilledView {
    /// Items that were added.
    added: u64,
    /// Random samples that were drawn: one for each project and week.
    samples: u64,
}

/// Does now what the queue's rules say, as is done every minute. What is there is not added again.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queues/{queue}/fill", tag = "queues", operation_id = "fill_queue",
    params(("workspace" = String, Path), ("queue" = String, Path)), responses((status = 200, body = FilledView)))]
pub(crate) async fn fill(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, queue)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let report = app
        .blocking(move || {
            Ok(access
                .workspace
                .fill_queue(&queue, &access.principal.actor(), &access.scope)?)
        })
        .await?;
    let view = FilledView {
        added: report.added,
        samples: report.samples,
    };
    reply::json(&headers, &view)
}

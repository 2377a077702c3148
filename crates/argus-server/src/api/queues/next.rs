//! `POST …/queues/{queue}/next`: the next item, reserved.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::item::QueueItemView;
use super::viewer;
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// The next item, and how far the reviewer is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NextQueueItem)]
pub(crate) struct NextView {
    /// The item, reserved; null when there is nothing for this reviewer.
    #[schema(required = true)]
    item: Option<QueueItemView>,
    progress: ProgressView,
}

/// How far a reviewer is with a queue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = QueueProgress)]
pub(crate) struct ProgressView {
    /// Items that they judged.
    done: u64,
    /// Those, and the ones that they could judge now.
    total: u64,
}

/// Reserves the reviewer's next item and gives it: one that they have already, else the one that is due first.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queues/{queue}/next", tag = "queues", operation_id = "next_queue_item",
    params(("workspace" = String, Path), ("queue" = String, Path)), responses((status = 200, body = NextView)))]
pub(crate) async fn next(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, queue)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let actor = access.principal.actor();
            let next = access
                .workspace
                .next_item(&queue, &viewer(&access), &actor)?;
            Ok(NextView {
                item: next
                    .item
                    .map(|item| QueueItemView::of(&of_app, &access, item))
                    .transpose()?,
                progress: ProgressView {
                    done: next.done,
                    total: next.total,
                },
            })
        })
        .await?;
    reply::json(&headers, &view)
}

//! `GET …/my-queue`: what the reader has to judge.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::queues::item::QueueItemView;
use super::queues::{MineView, viewer};
use super::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What the reader has to do in one queue.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MyQueue)]
pub(crate) struct MyQueueView {
    /// The queue's id.
    queue: String,
    name: String,
    mine: MineView,
    /// The items that are the reader's now.
    items: Vec<QueueItemView>,
}

/// The open queues that are for the reader, by name, with what is theirs in each.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/my-queue", tag = "queues", operation_id = "list_my_queue",
    params(("workspace" = String, Path)), responses((status = 200, body = List<MyQueueView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app
        .blocking(move || {
            let found = access.workspace.my_queues(&viewer(&access))?;
            let mut views = Vec::with_capacity(found.len());
            for queue in found {
                let items = queue
                    .items
                    .into_iter()
                    .map(|item| QueueItemView::of(&of_app, &access, item))
                    .collect::<Result<_, _>>()?;
                views.push(MyQueueView {
                    queue: queue.queue,
                    name: queue.name,
                    mine: queue.mine.into(),
                    items,
                });
            }
            Ok(views)
        })
        .await?;
    reply::json(&headers, &List { items })
}

//! `GET …/queues`: every queue.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{QueueView, viewer};
use crate::api::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Every queue, by name, closed ones last. Counts are of the items that the reader may read.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/queues", tag = "queues", operation_id = "list_queues",
    params(("workspace" = String, Path)), responses((status = 200, body = List<QueueView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let items = app
        .blocking(move || {
            let viewer = viewer(&access);
            let found = access.workspace.queues(&viewer)?;
            Ok(found
                .into_iter()
                .map(|queue| QueueView::of(queue, &viewer))
                .collect::<Vec<_>>())
        })
        .await?;
    reply::json(&headers, &List { items })
}

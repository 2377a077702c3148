//! What reviewers do with items of queues.

pub(crate) mod adjudicate;
pub(crate) mod complete;
pub(crate) mod get;
pub(crate) mod reassign;
pub(crate) mod release;
pub(crate) mod reveal;
pub(crate) mod skip;

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;

use super::queues::item::QueueItemView;
use super::queues::viewer;
use super::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Does something to an item and answers with what it became.
async fn answered(
    app: &Arc<App>,
    access: Access,
    headers: HeaderMap,
    item: String,
    work: impl FnOnce(&Access, &str) -> Result<(), Refusal> + Send + 'static,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            work(&access, &item)?;
            let found = access.workspace.queue_item(&item, &viewer(&access))?;
            QueueItemView::of(&of_app, &access, found.ok_or_else(no_item)?)
        })
        .await?;
    reply::json(&headers, &view)
}

fn no_item() -> Refusal {
    Refusal::new(
        ErrorCode::NotFound,
        "there is no such item of a queue whose session you may read: it may have been erased",
    )
}

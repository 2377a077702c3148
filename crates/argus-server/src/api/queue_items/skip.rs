//! `POST …/queue-items/{item}/skip`: a reviewer does not want an item.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::answered;
use crate::api::extract::{Input, Segments};
use crate::api::queues::item::QueueItemView;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Why an item is skipped.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = QueueItemSkip)]
#[serde(deny_unknown_fields)]
pub(crate) struct SkipInput {
    reason: String,
}

/// Skips an item: the reviewer does not get it again.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queue-items/{item}/skip", tag = "queues", operation_id = "skip_queue_item",
    params(("workspace" = String, Path), ("item" = String, Path)), request_body = SkipInput,
    responses((status = 200, body = QueueItemView), (status = 409, description = "As things stand it cannot be done: the detail says how they stand")))]
pub(crate) async fn skip(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, item)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(asked): Input<SkipInput>,
) -> Result<Response, Refusal> {
    answered(&app, access, headers, item, move |access, item| {
        let (workspace, actor) = (&access.workspace, access.principal.actor());
        Ok(workspace.skip_item(item, &asked.reason, &actor, &access.scope)?)
    })
    .await
}

//! `POST …/queues`: a queue.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{QueueInput, QueueView, view};
use crate::api::extract::Input;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Makes a queue. Its rules fill it within a minute, or when they are asked to.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queues", tag = "queues", operation_id = "create_queue",
    params(("workspace" = String, Path)), request_body = QueueInput, responses((status = 200, body = QueueView)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Input(new): Input<QueueInput>,
) -> Result<Response, Refusal> {
    let view = app
        .blocking(move || {
            let settings = new.settings(&access)?;
            let id = access
                .workspace
                .create_queue(&settings, &access.principal.actor())?;
            view(&access, &id)
        })
        .await?;
    reply::json(&headers, &view)
}

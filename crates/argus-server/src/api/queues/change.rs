//! `PUT …/queues/{queue}`: a queue is set up anew.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::{QueueInput, QueueView, view};
use crate::api::extract::{Input, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Sets a queue up anew, whole. The body names the `revision` that was looked at. Rubric, kind and scope stay as they are.
#[utoipa::path(put, path = "/api/v1/workspaces/{workspace}/queues/{queue}", tag = "queues", operation_id = "change_queue",
    params(("workspace" = String, Path), ("queue" = String, Path)), request_body = QueueInput,
    responses((status = 200, body = QueueView), (status = 409, description = "It was set up anew meanwhile, or is closed")))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, queue)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(new): Input<QueueInput>,
) -> Result<Response, Refusal> {
    let view = app
        .blocking(move || {
            let revision = new.revision.ok_or_else(|| {
                let detail = "say which revision of the queue was looked at: a change of another one is refused";
                Refusal::new(ErrorCode::InvalidRequest, detail).at("/revision".to_owned())
            })?;
            let settings = new.settings(&access)?;
            let actor = access.principal.actor();
            access.workspace.change_queue(&queue, &settings, revision, &actor, &access.scope)?;
            view(&access, &queue)
        })
        .await?;
    reply::json(&headers, &view)
}

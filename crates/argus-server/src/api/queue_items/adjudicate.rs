//! `POST …/queue-items/{item}/adjudicate`: a dispute is decided.

use std::sync::Arc;

use argus_insight::rubric::Answer;
use argus_store::Decision;
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

/// What is decided.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewQueueDecision)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionInput {
    /// The verdict that holds: good or wrong.
    #[serde(default)]
    verdict: Option<String>,
    /// The answers that hold, to the newest version of the queue's rubric.
    #[serde(default)]
    answers: Option<Vec<Answer>>,
    /// Why.
    text: String,
}

/// Decides a dispute by a judgement of the asker's own; both reviewers' stay. Of a calibration the text is kept as a precedent of
/// its rubric, with or without a judgement.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/queue-items/{item}/adjudicate", tag = "queues", operation_id = "adjudicate_queue_item",
    params(("workspace" = String, Path), ("item" = String, Path)), request_body = DecisionInput,
    responses((status = 200, body = QueueItemView), (status = 409, description = "As things stand it cannot be done: the detail says how they stand")))]
pub(crate) async fn adjudicate(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, item)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(asked): Input<DecisionInput>,
) -> Result<Response, Refusal> {
    answered(&app, access, headers, item, move |access, item| {
        let decision = Decision {
            verdict: asked.verdict,
            answers: asked.answers,
            text: asked.text,
        };
        let (workspace, actor) = (&access.workspace, access.principal.actor());
        Ok(workspace.adjudicate_item(item, decision, &actor, &access.scope)?)
    })
    .await
}

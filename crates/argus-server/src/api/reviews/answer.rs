//! `POST …/sessions/{session}/answers`: what an answer should have been.

use std::sync::Arc;

use argus_store::{NewAnswer, ReviewKind};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{AnswerView, find, judgements, not_there};
use crate::api::extract::{Input, Segments};
use crate::api::people::People;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What an answer should have been.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewAnswer)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnswerInput {
    turn: String,
    /// At most 50,000 characters; without one, what the reader wrote is taken back.
    text: Option<String>,
    /// The item of a queue that it is written for.
    queue_item: Option<String>,
}

/// Writes what a turn's answer should have been. What the same person wrote before stays, as history.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/sessions/{session}/answers", tag = "reviews", operation_id = "correct_answer",
    params(("workspace" = String, Path), ("session" = String, Path)), request_body = AnswerInput,
    responses((status = 200, body = AnswerView), (status = 400, description = "It is too long, or there is none to take back"),
        (status = 404, description = "No such session or turn that the reader may read")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(asked): Input<AnswerInput>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || write(&of_app, &access, &id, asked))
        .await?;
    reply::json(&headers, &view)
}

fn write(app: &App, access: &Access, id: &str, asked: AnswerInput) -> Result<AnswerView, Refusal> {
    find(access, id)?;
    let new = NewAnswer {
        session_id: id.to_owned(),
        turn: asked.turn,
        text: asked.text,
        queue_item: asked.queue_item,
    };
    let written = access
        .workspace
        .correct_answer(new, &access.principal.actor(), &access.scope)?;
    let found = judgements(access, id, &[ReviewKind::Answer])?.answers;
    let answer = found.into_iter().find(|answer| answer.id == written);
    let answer = answer.ok_or_else(|| not_there(app, access, id))?;
    AnswerView::of(answer, &mut People::new(app, access))
}

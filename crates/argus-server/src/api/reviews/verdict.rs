//! `POST …/sessions/{session}/verdicts`: good, wrong, or neither any more.

use std::sync::Arc;

use argus_store::{NewVerdict, ReviewKind, VerdictWord};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::views::VerdictName;
use super::{VerdictView, find, judgements, not_there};
use crate::api::extract::{Input, Segments};
use crate::api::people::People;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A verdict.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewVerdict)]
#[serde(deny_unknown_fields)]
pub(crate) struct VerdictInput {
    /// The turn; without one, the session as a whole.
    turn: Option<String>,
    #[schema(value_type = VerdictName)]
    verdict: VerdictWord,
    /// Why, in at most 2,000 characters. A wrong one needs it.
    reason: Option<String>,
    /// The item of a queue that it is given for.
    queue_item: Option<String>,
}

/// Gives a verdict. What the same person said before of the same turn or session stays, as history.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/sessions/{session}/verdicts", tag = "reviews", operation_id = "give_verdict",
    params(("workspace" = String, Path), ("session" = String, Path)), request_body = VerdictInput,
    responses((status = 200, body = VerdictView), (status = 400, description = "A wrong verdict without a reason, or none to withdraw"),
        (status = 404, description = "No such session or turn that the reader may read")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(asked): Input<VerdictInput>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || give(&of_app, &access, &id, asked))
        .await?;
    reply::json(&headers, &view)
}

fn give(app: &App, access: &Access, id: &str, asked: VerdictInput) -> Result<VerdictView, Refusal> {
    find(access, id)?;
    let new = NewVerdict {
        session_id: id.to_owned(),
        turn: asked.turn,
        verdict: asked.verdict,
        reason: asked.reason,
        queue_item: asked.queue_item,
    };
    let given = access
        .workspace
        .give_verdict(new, &access.principal.actor(), &access.scope)?;
    let found = judgements(access, id, &[ReviewKind::Verdict])?.verdicts;
    let verdict = found.into_iter().find(|verdict| verdict.id == given);
    let verdict = verdict.ok_or_else(|| not_there(app, access, id))?;
    VerdictView::of(verdict, &mut People::new(app, access))
}

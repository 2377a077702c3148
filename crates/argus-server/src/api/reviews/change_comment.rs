//! `PATCH …/sessions/{session}/comments/{comment}`: another text, taken back, settled.

use std::sync::Arc;

use argus_store::CommentEdit;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::comment::{comment_id, shown};
use super::{CommentView, find};
use crate::api::extract::{Input, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What changes; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CommentEdit)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommentEditInput {
    /// What it says from now on: its author's to change.
    text: Option<String>,
    /// Whom it mentions from now on: its author's to change.
    mentions: Option<Vec<String>>,
    /// Taken back, or put back: for its author, owners and admins.
    removed: Option<bool>,
    /// Whether what the thread is about is settled: anybody's to say, of the comment that begins it.
    resolved: Option<bool>,
}

/// Changes a comment. What it said before stays, as history, until it is taken back.
#[utoipa::path(patch, path = "/api/v1/workspaces/{workspace}/sessions/{session}/comments/{comment}", tag = "reviews", operation_id = "change_comment",
    params(("workspace" = String, Path), ("session" = String, Path), ("comment" = String, Path)), request_body = CommentEditInput,
    responses((status = 200, body = CommentView), (status = 400, description = "Nothing to change, or what is wrong with it"),
        (status = 403, description = "It is another's to change"), (status = 404, description = "No such comment that the reader sees")))]
pub(crate) async fn patch(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id, comment)): Segments<(String, String, String)>,
    headers: HeaderMap,
    Input(asked): Input<CommentEditInput>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || change(&of_app, &access, &id, &comment, asked))
        .await?;
    reply::json(&headers, &view)
}

fn change(
    app: &App,
    access: &Access,
    id: &str,
    comment: &str,
    asked: CommentEditInput,
) -> Result<CommentView, Refusal> {
    find(access, id)?;
    let comment = comment_id(comment)?;
    let edit = CommentEdit {
        text: asked.text,
        mentions: asked.mentions,
        is_removed: asked.removed,
        is_resolved: asked.resolved,
    };
    access.workspace.change_comment(
        id,
        comment,
        &edit,
        &access.principal.actor(),
        &access.scope,
        &access.reader(),
    )?;
    shown(app, access, id, comment)
}

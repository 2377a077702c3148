//! `POST …/sessions/{session}/comments`: a text beside a session, a turn, a step, or words in one.

use std::sync::Arc;

use argus_session::anchor::CharRange;
use argus_store::{ContentField, NewAnchor, NewComment, ReviewKind};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{CommentView, find, judgements, not_there};
use crate::api::extract::{Input, Segments};
use crate::api::people::People;
use crate::api::reply;
use crate::api::sessions::content::ContentFieldName;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// What a comment is about: nothing named is the session as a whole.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = NewAnchor)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnchorInput {
    turn: Option<String>,
    step: Option<String>,
    /// Which text of the step.
    #[schema(value_type = Option<ContentFieldName>)]
    field: Option<String>,
    /// The first of the words, in Unicode scalar values of the text as `…/content` gives it.
    start: Option<u64>,
    /// After the last; at most 20,000 further.
    end: Option<u64>,
    /// The words as their reader saw them: where the text is another by now, nothing is written. Not kept.
    quote: Option<String>,
}

/// A comment.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewComment)]
#[serde(deny_unknown_fields)]
pub(crate) struct CommentInput {
    /// Of a reply, what its thread is about, whatever is given.
    #[serde(default)]
    #[schema(required = false)]
    anchor: AnchorInput,
    /// At most 10,000 characters.
    text: String,
    /// The comment that it answers.
    reply_to: Option<String>,
    /// The accounts that it is to reach, by id: reviewers who may read the session, at most 20.
    #[serde(default)]
    #[schema(required = false)]
    mentions: Vec<String>,
    /// The item of a queue that it is written for.
    queue_item: Option<String>,
}

/// Writes a comment.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/sessions/{session}/comments", tag = "reviews", operation_id = "write_comment",
    params(("workspace" = String, Path), ("session" = String, Path)), request_body = CommentInput,
    responses((status = 200, body = CommentView), (status = 400, description = "What is wrong with it"),
        (status = 404, description = "No such session, turn, step, text or comment that the reader may read"),
        (status = 409, description = "The quoted text is another by now")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(asked): Input<CommentInput>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || write(&of_app, &access, &id, asked))
        .await?;
    reply::json(&headers, &view)
}

fn write(
    app: &App,
    access: &Access,
    id: &str,
    asked: CommentInput,
) -> Result<CommentView, Refusal> {
    find(access, id)?;
    let reply_to = asked.reply_to.map(|of| comment_id(&of)).transpose()?;
    let new = NewComment {
        session_id: id.to_owned(),
        anchor: anchor(asked.anchor)?,
        text: asked.text,
        reply_to,
        mentions: asked.mentions,
        queue_item: asked.queue_item,
    };
    let written = access.workspace.write_comment(
        new,
        &access.principal.actor(),
        &access.scope,
        &access.reader(),
    )?;
    shown(app, access, id, written)
}

/// A comment as its reader sees it.
pub(super) fn shown(
    app: &App,
    access: &Access,
    id: &str,
    comment: u64,
) -> Result<CommentView, Refusal> {
    let found = judgements(access, id, &[ReviewKind::Comment])?.comments;
    let comment = found.into_iter().find(|found| found.id == comment);
    let comment = comment.ok_or_else(|| not_there(app, access, id))?;
    CommentView::of(comment, &mut People::new(app, access))
}

/// # Errors
/// Not found: no comment has such an id.
pub(super) fn comment_id(text: &str) -> Result<u64, Refusal> {
    text.parse()
        .map_err(|_| Refusal::new(ErrorCode::NotFound, "there is no such comment"))
}

fn anchor(asked: AnchorInput) -> Result<NewAnchor, Refusal> {
    let wrong = |detail: &'static str| Refusal::new(ErrorCode::InvalidRequest, detail);
    let field = match asked.field {
        Some(name) => Some(ContentField::from_name(&name).ok_or_else(|| {
            wrong("a step has no such text: there are text, input, output, result, error")
        })?),
        None => None,
    };
    let range = match (asked.start, asked.end) {
        (Some(start), Some(end)) => Some(CharRange { start, end }),
        (None, None) => None,
        _ => return Err(wrong("a range has a start and an end")),
    };
    if asked.quote.is_some() && range.is_none() {
        return Err(wrong("a quote is of a range: give its start and its end"));
    }
    Ok(NewAnchor {
        turn: asked.turn,
        step: asked.step,
        field,
        range,
        quote: asked.quote,
    })
}

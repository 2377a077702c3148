//! `GET …/mentions`: the comments that mention the reader.

use std::sync::Arc;

use argus_store::Mention;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::extract::Params;
use crate::api::people::People;
use crate::api::reply;
use crate::api::reviewer::ReviewerView;
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MentionParams {
    /// How many, 1 to 200.
    #[serde(default = "default_limit")]
    #[param(default = 50, minimum = 1, maximum = 200)]
    limit: usize,
    /// `next` of the page before.
    cursor: Option<String>,
}

const fn default_limit() -> usize {
    50
}

/// A comment that mentions the reader.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mention)]
pub(crate) struct MentionView {
    /// The comment's id.
    comment: String,
    session: String,
    /// The turn that it is about.
    #[schema(required = true)]
    turn: Option<String>,
    text: String,
    by: ReviewerView,
    at: Time,
    /// When the reader was done with it; null as long as they are not.
    #[schema(required = true)]
    read_at: Option<Time>,
}

/// Comments that mention the reader.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mentions)]
pub(crate) struct MentionsView {
    /// The newest first.
    items: Vec<MentionView>,
    /// How many the reader is not done with, of all.
    unread: u64,
    /// Where the next page begins, for `cursor`; null at the end.
    #[schema(required = true)]
    next: Option<String>,
}

/// Comments that mention the reader, in sessions that they may read and that are not reviewed blind. A key is mentioned by nobody.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/mentions", tag = "reviews", operation_id = "list_mentions",
    params(("workspace" = String, Path), MentionParams), responses((status = 200, body = MentionsView)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    Params(params): Params<MentionParams>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let after = params.cursor.map(|cursor| cursor.parse()).transpose();
    let after = after.map_err(|_| {
        let detail = "this cursor is not one of this list: begin again without it";
        Refusal::new(ErrorCode::InvalidRequest, detail)
    })?;
    let limit = params.limit.clamp(1, 200);
    let of_app = app.clone();
    let view = app
        .blocking(move || view(&of_app, &access, limit, after))
        .await?;
    reply::json(&headers, &view)
}

fn view(
    app: &App,
    access: &Access,
    limit: usize,
    after: Option<u64>,
) -> Result<MentionsView, Refusal> {
    let actor = access.principal.actor();
    let found = access
        .workspace
        .mentions(&actor, &access.reader(), &access.scope, limit, after)?;
    let mut people = People::new(app, access);
    let mut row = |mention: Mention| {
        Ok(MentionView {
            comment: mention.comment.to_string(),
            session: mention.session_id,
            turn: mention.turn,
            text: mention.text,
            by: people.author(&mention.author)?,
            at: Time(mention.at_us),
            read_at: mention.read_at_us.map(Time),
        })
    };
    let items: Result<Vec<_>, Refusal> = found.items.into_iter().map(&mut row).collect();
    Ok(MentionsView {
        items: items?,
        unread: found.unread,
        next: found.next.map(|next| next.to_string()),
    })
}

//! `POST …/sessions/{session}/tags`: a tag put on, or taken off.

use std::sync::Arc;

use argus_store::{NewTag, ReviewKind, StoreError};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{TagView, find, judgements};
use crate::api::extract::{Input, Segments};
use crate::api::people::People;
use crate::api::reply::{self, List};
use crate::app::App;
use crate::auth::permission::Permission;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A tag.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TagChange)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagInput {
    /// The turn; without one, the session as a whole.
    turn: Option<String>,
    /// One word of at most 64 letters and digits, with `-`, `_`, `.` and `/` between them; kept in lower case.
    tag: String,
    /// Take it off rather than put it on.
    #[serde(default)]
    remove: bool,
    /// To take off another's, by the account's id: for owners and admins.
    author: Option<String>,
}

/// Puts a tag on, or takes one off. A tag is its author's: two people may each put the same one on. Gives the session's tags
/// as they are then.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/sessions/{session}/tags", tag = "reviews", operation_id = "change_tag",
    params(("workspace" = String, Path), ("session" = String, Path)), request_body = TagInput,
    responses((status = 200, body = List<TagView>), (status = 400, description = "This is no tag, or there are too many"),
        (status = 404, description = "No such session or turn that the reader may read, or no such tag to take off")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(asked): Input<TagInput>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let items = app
        .blocking(move || change(&of_app, &access, &id, asked))
        .await?;
    reply::json(&headers, &List { items })
}

fn change(app: &App, access: &Access, id: &str, asked: TagInput) -> Result<Vec<TagView>, Refusal> {
    find(access, id)?;
    if let Some(author) = &asked.author {
        access.require(Permission::ReviewsManage)?;
        // A tag that is hidden is told of by nothing, nor by how its removal is refused.
        let seen = judgements(access, id, &[ReviewKind::Tag])?.tags;
        let wanted = asked.tag.to_lowercase();
        let is_seen = seen.iter().any(|tag| {
            tag.author.strip_prefix("account:") == Some(author)
                && tag.tag == wanted
                && tag.turn == asked.turn
        });
        if asked.remove && !is_seen {
            return Err(StoreError::NotFound {
                what: "tag of this author",
                name: asked.tag,
            }
            .into());
        }
    }
    let new = NewTag {
        session_id: id.to_owned(),
        turn: asked.turn,
        tag: asked.tag,
        is_removed: asked.remove,
        of_author: asked.author.map(|account| format!("account:{account}")),
    };
    access
        .workspace
        .change_tag(new, &access.principal.actor(), &access.scope)?;
    let people = &mut People::new(app, access);
    let found = judgements(access, id, &[ReviewKind::Tag])?.tags;
    found
        .into_iter()
        .map(|tag| TagView::of(tag, people))
        .collect()
}

//! `POST …/mentions/read`: the reader is done with mentions.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::extract::Input;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Most mentions that are named at once.
const NAMED_MAX: usize = 1_000;

/// Which mentions.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MentionsRead {
    /// The comments' ids; without any named, all of them.
    comments: Option<Vec<String>>,
}

/// Notes that the reader is done with mentions.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/mentions/read", tag = "reviews", operation_id = "read_mentions",
    params(("workspace" = String, Path)), request_body = MentionsRead, responses((status = 204)))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    access: Access,
    Input(asked): Input<MentionsRead>,
) -> Result<Response, Refusal> {
    let named = asked.comments.as_ref().map_or(0, Vec::len);
    if named > NAMED_MAX {
        return Err(Refusal::new(
            ErrorCode::InvalidRequest,
            "name at most 1,000 comments, or none for all of them",
        ));
    }
    // An id that is none is of no comment.
    let comments = asked
        .comments
        .map(|ids| ids.iter().filter_map(|id| id.parse().ok()).collect());
    app.blocking(move || {
        let actor = access.principal.actor();
        Ok(access.workspace.read_mentions(&actor, comments)?)
    })
    .await?;
    Ok(reply::empty(StatusCode::NO_CONTENT))
}

//! `POST …/sessions/{session}/shares`: makes a link.

use std::sync::Arc;

use argus_store::ShareContent;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::preview::preview_is_over;
use super::{DAY_US, ShareRequest};
use crate::api::extract::{Input, Segments};
use crate::api::reply;
use crate::api::sessions::open;
use crate::app::App;
use crate::auth::principal::Access;
use crate::export::share;
use crate::refusal::{ErrorCode, Refusal};

/// A link to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewShare)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewShareRequest {
    /// What it shows.
    content: ShareRequest,
    /// The preview that was looked at, of the same content: the link shows what it showed, and nothing that came since. Without,
    /// what there is when the link is made.
    #[serde(default)]
    preview: Option<String>,
    /// How many days it is good for, 1 to 90.
    #[schema(minimum = 1, maximum = 90)]
    days: u32,
}

/// A link just made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MadeShare {
    id: String,
    /// The path of its address on this server, with its token: shown once.
    path: String,
}

/// Makes a link. Whoever has it sees what it shows, without a sign-in, until it is over or revoked.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/sessions/{session}/shares", tag = "sharing", operation_id = "create_share",
    params(("workspace" = String, Path), ("session" = String, Path)), request_body = NewShareRequest,
    responses((status = 201, body = MadeShare), (status = 400, description = "There are no such turns, a word or pattern cannot be masked, or it is good for too long"), (status = 404, description = "No such session that the reader may read")))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Segments((_, id)): Segments<(String, String)>,
    Input(asked): Input<NewShareRequest>,
) -> Result<Response, Refusal> {
    if !(1..=90).contains(&asked.days) {
        let detail = "a link is good for 1 to 90 days";
        return Err(Refusal::new(ErrorCode::InvalidRequest, detail).at("/days".to_owned()));
    }
    let of_app = app.clone();
    let made = app
        .blocking(move || {
            open(&of_app, &access, &id)?;
            let now_us = of_app.store.now_us();
            let mut content = asked.content.content(&access.workspace, &id, now_us)?;
            if let Some(preview) = &asked.preview {
                let by = access.principal.actor();
                let seen = of_app
                    .share_previews
                    .find(preview, now_us)
                    .filter(|seen| seen.is_of(&by, access.workspace.name(), &id))
                    .ok_or_else(preview_is_over)?;
                content = as_looked_at(content, seen.content)?;
            }
            // What cannot be masked is said now, not when the link is opened.
            share::view(&content)?;
            Ok(of_app.store.share(
                access.workspace.name(),
                &id,
                &content,
                i64::from(asked.days) * DAY_US,
                &access.principal.actor(),
                &access.scope,
            )?)
        })
        .await?;
    let made = MadeShare {
        id: made.id,
        path: format!("/share/{}", made.token),
    };
    let mut response = reply::json(&headers, &made)?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

/// What a preview showed, under the note that the link gets.
fn as_looked_at(asked: ShareContent, seen: ShareContent) -> Result<ShareContent, Refusal> {
    let seen = ShareContent {
        note: asked.note.clone(),
        ..seen
    };
    let is_same = ShareContent {
        looked_at: seen.looked_at.clone(),
        // Turns may have come since; a range has the same ones.
        turns: if seen.is_whole {
            seen.turns.clone()
        } else {
            asked.turns.clone()
        },
        ..asked
    } == seen;
    if !is_same {
        let detail = "the preview showed something else: look at what the link shows once more";
        return Err(Refusal::new(ErrorCode::InvalidRequest, detail).at("/preview".to_owned()));
    }
    Ok(seen)
}

//! `GET …/sessions/{session}/conversation`: the sessions that resume, fork and `/clear` joined with this one.

use std::sync::Arc;

use argus_session::Session;
use argus_session::document::Link;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::open;
use crate::api::extract::Segments;
use crate::api::reply;
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Sessions that belong together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConversationView {
    /// The first session's id.
    id: String,
    /// Those that the reader may read, by their start.
    items: Vec<ConversationSession>,
}

/// A session of a conversation.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConversationSession {
    id: String,
    #[schema(required = true)]
    title: Option<String>,
    #[schema(required = true)]
    started_at: Option<Time>,
    #[schema(required = true)]
    ended_at: Option<Time>,
    turns: u64,
    /// What joins it to an older one.
    links: Vec<Link>,
}

impl From<Session> for ConversationSession {
    fn from(session: Session) -> Self {
        Self {
            id: session.id,
            title: session.title.and_then(|title| title.text),
            started_at: session.started_at.map(Time),
            ended_at: session.ended_at.map(Time),
            turns: session.totals.turns,
            links: session.links,
        }
    }
}

/// A session's conversation.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}/conversation", tag = "sessions", operation_id = "get_conversation",
    params(("workspace" = String, Path), ("session" = String, Path)),
    responses((status = 200, body = ConversationView)))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            open(&of_app, &access, &id)?;
            let found = access.workspace.conversation(&id, &access.scope)?;
            Ok(ConversationView {
                id: found.id,
                items: found.sessions.into_iter().map(Into::into).collect(),
            })
        })
        .await?;
    reply::json(&headers, &view)
}

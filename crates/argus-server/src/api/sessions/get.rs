//! `GET …/sessions/{session}`: a session's head.

use std::collections::BTreeMap;
use std::sync::Arc;

use argus_session::Session;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::{no_session, open, version_name};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A session counts as live for so long after its last record, unless its end was seen: two minutes, in microseconds.
const LIVE_US: i64 = 2 * 60 * 1_000_000;

/// A session without its turns.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SessionHead {
    #[serde(flatten)]
    session: Session,
    /// Its state: another one, and something was added.
    version: String,
    /// True while records come and its end was not seen.
    live: bool,
    /// What redaction replaced in its records, by type.
    redactions: BTreeMap<String, u64>,
    /// Records whose content was dropped because it could not be redacted; their metadata is kept.
    dropped: u64,
}

/// A session's head.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}", tag = "sessions", operation_id = "get_session",
    params(("workspace" = String, Path), ("session" = String, Path)),
    responses((status = 200, body = SessionHead), (status = 404, description = "No such session that the reader may read")))]
pub(crate) async fn get(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let head = app
        .blocking(move || {
            let version = open(&of_app, &access, &id)?;
            let session = access.workspace.session(&id)?.ok_or_else(no_session)?;
            let redacted = access.workspace.session_redactions(&id)?;
            let age_us = of_app.store.now_us() - version.received_at_us;
            Ok(SessionHead {
                live: session.end_reason.is_none() && age_us < LIVE_US,
                session,
                version: version_name(version),
                redactions: redacted.kinds,
                dropped: redacted.dropped,
            })
        })
        .await?;
    reply::json(&headers, &head)
}

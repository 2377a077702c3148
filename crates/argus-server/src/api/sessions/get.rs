//! `GET …/sessions/{session}`: a session's head.

use std::collections::BTreeMap;
use std::sync::Arc;

use argus_session::Session;
use argus_session::document::UserFrom;
use argus_store::{Asker, ReadScope, TombstoneKind};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::make_private::{OwnOptOut, asker};
use super::{no_session, open, version_name};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::api::time::Time;
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
    /// What the reader's word that it is private would make of it; null when they are not its person.
    #[schema(required = true)]
    opt_out: Option<OwnOptOut>,
    /// Since when its content is off, by its person's word; null when it is not.
    #[schema(required = true)]
    content_off_at: Option<Time>,
}

/// A session's head.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/sessions/{session}", tag = "sessions", operation_id = "get_session",
    params(("workspace" = String, Path), ("session" = String, Path)),
    responses((status = 200, body = SessionHead), (status = 404, description = "No such session that the reader may read"),
        (status = 410, description = "It was made private, or erased: `code` says which, `tombstone` when and by which policy")))]
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
                opt_out: opt_out(&access, &session)?,
                content_off_at: content_off_at(&access, &id)?,
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

/// Asked of the store only where a key of the reader's is known to have delivered the session: a claim is not enough.
fn opt_out(access: &Access, session: &Session) -> Result<Option<OwnOptOut>, Refusal> {
    let Some(asker) = asker(access) else {
        return Ok(None);
    };
    let Asker::Account { email, .. } = &asker else {
        return Ok(None);
    };
    let is_theirs = session.user.from == Some(UserFrom::Credential)
        && session.user.email.as_ref() == Some(email);
    if !is_theirs {
        return Ok(None);
    }
    let rule = access.workspace.may_make_private(&session.id, &asker)?;
    Ok(rule.map(Into::into))
}

fn content_off_at(access: &Access, id: &str) -> Result<Option<Time>, Refusal> {
    let held = access.workspace.tombstone(id, &ReadScope::all())?;
    Ok(held
        .filter(|held| held.kind == TombstoneKind::ContentOff)
        .map(|held| Time(held.at_us)))
}

//! `POST …/sessions/{session}/private`: its person's word, in the browser.

use std::sync::Arc;

use argus_store::{Asker, CaptureRule, OptOut, PrivateOutcome};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::gone::gone;
use crate::api::capture_policy::OptOutName;
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::{Access, Principal};
use crate::refusal::{ErrorCode, Refusal};

/// What the reader's word makes of a session.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OwnOptOut {
    #[schema(value_type = OptOutName)]
    opt_out: OptOut,
    /// The policy's words for the person.
    #[schema(required = true)]
    notice: Option<String>,
}

impl From<CaptureRule> for OwnOptOut {
    fn from(rule: CaptureRule) -> Self {
        Self {
            opt_out: rule.opt_out,
            notice: rule.notice,
        }
    }
}

/// What became of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MadePrivateView {
    #[schema(value_type = PrivateOutcomeName)]
    outcome: PrivateOutcome,
    #[schema(required = true)]
    notice: Option<String>,
}

/// What became of a session.
#[derive(Debug, ToSchema)]
#[schema(as = PrivateOutcome, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum PrivateOutcomeName {
    /// It is erased, and nothing of it is taken again.
    Private,
    /// Its content is gone, and what comes of it loses its own.
    ContentOff,
    /// Nothing: the policy does not allow it.
    Forbidden,
}

/// A signed-in person, as one who may speak for sessions; none for a key.
pub(super) fn asker(access: &Access) -> Option<Asker> {
    match &access.principal {
        Principal::Account { account, .. } => Some(Asker::Account {
            id: account.id.clone(),
            email: account.email.clone(),
        }),
        Principal::Key(_) => None,
    }
}

/// Makes a session private, by the word of the person whose key delivered it: erased, without content, or unchanged, as the
/// workspace's policy says. Asking again changes nothing.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/sessions/{session}/private", tag = "sessions",
    operation_id = "make_session_private", params(("workspace" = String, Path), ("session" = String, Path)),
    responses((status = 200, body = MadePrivateView), (status = 403, description = "It is not the asker's"),
        (status = 404, description = "No such session that the reader may read")))]
pub(crate) async fn post(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app.blocking(move || make(&of_app, &access, &id)).await?;
    reply::json(&headers, &view)
}

fn make(app: &App, access: &Access, id: &str) -> Result<MadePrivateView, Refusal> {
    let workspace = &access.workspace;
    if let Some(asker) = asker(access)
        && workspace.may_make_private(id, &asker)?.is_some()
    {
        let made = workspace.make_private(id, &asker)?;
        app.outlines.forget(workspace, id);
        return Ok(MadePrivateView {
            outcome: made.outcome,
            notice: made.notice,
        });
    }
    if workspace.session_version(id, &access.scope)?.is_none() {
        return Err(gone(workspace, id, &access.scope)?);
    }
    Err(Refusal::new(
        ErrorCode::Forbidden,
        "only the person whose own key delivered this session makes it private",
    ))
}

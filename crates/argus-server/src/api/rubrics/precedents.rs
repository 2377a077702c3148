//! `POST …/rubrics/{rubric}/precedents`: a decision that guides the use of a rubric.

use std::sync::Arc;

use argus_store::NewPrecedent;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{RubricView, no_rubric};
use crate::api::extract::{Input, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// A precedent.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewPrecedent)]
#[serde(deny_unknown_fields)]
pub(crate) struct PrecedentInput {
    /// What was decided.
    text: String,
    /// The session that it came of. The precedent goes with the session when that is erased; without one it stays.
    session: Option<String>,
    turn: Option<String>,
}

/// Adds a precedent to a rubric.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/rubrics/{rubric}/precedents", tag = "rubrics", operation_id = "add_precedent",
    params(("workspace" = String, Path), ("rubric" = String, Path)), request_body = PrecedentInput,
    responses((status = 200, body = RubricView)))]
pub(crate) async fn add(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, rubric)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(new): Input<PrecedentInput>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let new = NewPrecedent {
                text: new.text,
                session: new.session,
                turn: new.turn,
            };
            let (workspace, actor) = (&access.workspace, access.principal.actor());
            workspace.add_precedent(&rubric, new, &actor, &access.scope)?;
            let found = workspace.rubric(&rubric, None, &access.scope)?;
            RubricView::of(&of_app, &access, found.ok_or_else(no_rubric)?)
        })
        .await?;
    reply::json(&headers, &view)
}

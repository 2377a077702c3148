//! `DELETE …/keys/{key}`: revokes a key.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::api::extract::Segments;
use crate::api::members::check_projects;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Revokes a key, at once; one that was revoked already stays so.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}/keys/{key}", tag = "keys", operation_id = "revoke_key",
    params(("workspace" = String, Path), ("key" = String, Path)),
    responses((status = 204, description = "Revoked"), (status = 404, description = "No such key")))]
pub(crate) async fn revoke(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    app.blocking(move || {
        let keys = access.workspace.keys()?;
        let key = keys
            .iter()
            .find(|key| key.id == id)
            .ok_or_else(|| Refusal::new(ErrorCode::NotFound, "this workspace has no such key"))?;
        if let Some(own) = &access.grant {
            let held = (!key.projects.is_empty()).then_some(key.projects.as_slice());
            check_projects(own, held)?;
        }
        of_app
            .store
            .revoke_key(access.workspace.name(), &id, &access.principal.actor())?;
        Ok(reply::empty(StatusCode::NO_CONTENT))
    })
    .await
}

//! `DELETE …/shares/{share}`: revokes a link.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Revokes a link: it leads nowhere from now on. One that is over already stays as it is.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}/shares/{share}", tag = "sharing", operation_id = "revoke_share",
    params(("workspace" = String, Path), ("share" = String, Path)),
    responses((status = 204, description = "It leads nowhere"), (status = 404, description = "No such link that the reader may see")))]
pub(crate) async fn revoke(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, share)): Segments<(String, String)>,
) -> Result<Response, Refusal> {
    app.blocking(move || {
        let actor = access.principal.actor();
        Ok(access
            .workspace
            .revoke_share(&share, &actor, &access.scope)?)
    })
    .await?;
    Ok(reply::empty(StatusCode::NO_CONTENT))
}

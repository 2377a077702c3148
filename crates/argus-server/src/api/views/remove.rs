//! `DELETE …/views/{view}`: removes a view.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::changeable;
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Removes a view: one's own, or a shared one where the role sets up how is judged.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}/views/{view}", tag = "sessions", operation_id = "delete_view",
    params(("workspace" = String, Path), ("view" = String, Path)),
    responses((status = 204, description = "Removed"), (status = 403, description = "It is somebody else's, or comes with the program"),
        (status = 404, description = "No such view")))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
) -> Result<Response, Refusal> {
    app.blocking(move || {
        changeable(&access, &id)?;
        let actor = access.principal.actor();
        access.workspace.remove_saved_view(&id, &actor)?;
        Ok(reply::empty(StatusCode::NO_CONTENT))
    })
    .await
}

//! `DELETE …/members/{account}`: ends a membership.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{check_may_give, no_member};
use crate::api::extract::Segments;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Ends a membership; what the person did stays in the ledger.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}/members/{account}", tag = "members", operation_id = "remove_member",
    params(("workspace" = String, Path), ("account" = String, Path)),
    responses((status = 204, description = "Removed"), (status = 404, description = "No such member")))]
pub(crate) async fn remove(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, account)): Segments<(String, String)>,
) -> Result<Response, Refusal> {
    app.blocking(move || {
        let held = access.workspace.member(&account)?.ok_or_else(no_member)?;
        check_may_give(&access, &held.grant)?;
        access
            .workspace
            .remove_member(&held, &access.principal.actor())?;
        Ok(reply::empty(StatusCode::NO_CONTENT))
    })
    .await
}

//! `DELETE …/invitations/{invitation}`: withdraws an invitation.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::api::extract::Segments;
use crate::api::members::check_may_give;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Withdraws an invitation: its link is over.
#[utoipa::path(delete, path = "/api/v1/workspaces/{workspace}/invitations/{invitation}", tag = "members", operation_id = "withdraw_invitation",
    params(("workspace" = String, Path), ("invitation" = String, Path)),
    responses((status = 204, description = "Withdrawn"), (status = 404, description = "No such invitation")))]
pub(crate) async fn withdraw(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, id)): Segments<(String, String)>,
) -> Result<Response, Refusal> {
    app.blocking(move || {
        let actor = access.principal.actor();
        let open = access.workspace.invitations()?;
        if let Some(invitation) = open.iter().find(|invitation| invitation.id == id) {
            check_may_give(&access, &invitation.grant)?;
        }
        if access.workspace.withdraw_invitation(&id, &actor)? {
            Ok(reply::empty(StatusCode::NO_CONTENT))
        } else {
            Err(Refusal::new(
                ErrorCode::NotFound,
                "there is no such open invitation",
            ))
        }
    })
    .await
}

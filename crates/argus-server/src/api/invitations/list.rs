//! `GET …/invitations`: those that are open.

use std::sync::Arc;

use argus_store::{Invitation, Role};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::members::RoleName;
use crate::api::reply::{self, List};
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// An invitation that is open.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Invitation)]
pub(crate) struct InvitationView {
    id: String,
    email: String,
    #[schema(value_type = RoleName)]
    role: Role,
    /// Null for all of them.
    #[schema(required = true)]
    projects: Option<Vec<String>>,
    /// The account that invited.
    invited_by: String,
    created_at: Time,
    expires_at: Time,
}

impl From<Invitation> for InvitationView {
    fn from(invitation: Invitation) -> Self {
        Self {
            id: invitation.id,
            email: invitation.email,
            role: invitation.grant.role,
            projects: invitation.grant.projects,
            invited_by: invitation.invited_by,
            created_at: Time(invitation.created_at_us),
            expires_at: Time(invitation.expires_at_us),
        }
    }
}

/// Open invitations, newest first.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/invitations", tag = "members", operation_id = "list_invitations",
    params(("workspace" = String, Path)), responses((status = 200, body = List<InvitationView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let items: Vec<InvitationView> = app
        .blocking(move || {
            let open = access.workspace.invitations()?;
            Ok(open.into_iter().map(Into::into).collect())
        })
        .await?;
    reply::json(&headers, &List { items })
}

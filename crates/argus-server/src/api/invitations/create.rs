//! `POST …/invitations`: invites a person by a link.

use std::sync::Arc;

use argus_store::{Grant, Role};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::extract::Input;
use crate::api::members::{RoleName, check_may_give};
use crate::api::reply;
use crate::api::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Whom to invite, to do what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInvitation {
    email: String,
    #[schema(value_type = RoleName)]
    role: Role,
    /// Null for all of them.
    #[serde(default)]
    projects: Option<Vec<String>>,
}

/// An invitation just made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MadeInvitation {
    id: String,
    /// The token of its link, shown once: the link is the server's address, `/link#` and the token.
    link_token: String,
    expires_at: Time,
}

/// Invites a person.
#[utoipa::path(post, path = "/api/v1/workspaces/{workspace}/invitations", tag = "members", operation_id = "create_invitation",
    params(("workspace" = String, Path)), request_body = NewInvitation, responses((status = 201, body = MadeInvitation)))]
pub(crate) async fn create(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Input(asked): Input<NewInvitation>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let made = app
        .blocking(move || {
            let grant = Grant {
                role: asked.role,
                projects: asked.projects,
            };
            check_may_give(&access, &grant)?;
            Ok(of_app.store.invite(
                access.workspace.name(),
                &asked.email,
                &grant,
                &access.principal.actor(),
            )?)
        })
        .await?;
    let made = MadeInvitation {
        id: made.invitation.id,
        link_token: made.token,
        expires_at: Time(made.invitation.expires_at_us),
    };
    let mut response = reply::json(&headers, &made)?;
    *response.status_mut() = StatusCode::CREATED;
    Ok(response)
}

//! `PATCH …/members/{account}`: another role, other projects.

use std::sync::Arc;

use argus_store::{Grant, Role};
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::{Deserialize, Deserializer};
use utoipa::ToSchema;

use super::{MemberView, RoleName, check_may_give, no_member};
use crate::api::extract::{Input, Segments};
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// What changes; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MemberChange {
    #[schema(value_type = Option<RoleName>)]
    role: Option<Role>,
    /// Projects; null for all of them.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<Vec<String>>)]
    projects: Option<Option<Vec<String>>>,
}

/// Tells null from left out.
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<Vec<String>>>, D::Error> {
    Option::deserialize(from).map(Some)
}

/// Gives a member another role or other projects.
#[utoipa::path(patch, path = "/api/v1/workspaces/{workspace}/members/{account}", tag = "members", operation_id = "change_member",
    params(("workspace" = String, Path), ("account" = String, Path)), request_body = MemberChange,
    responses((status = 200, body = MemberView), (status = 404, description = "No such member")))]
pub(crate) async fn change(
    State(app): State<Arc<App>>,
    access: Access,
    Segments((_, account)): Segments<(String, String)>,
    headers: HeaderMap,
    Input(asked): Input<MemberChange>,
) -> Result<Response, Refusal> {
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let held = access.workspace.member(&account)?.ok_or_else(no_member)?;
            check_may_give(&access, &held.grant)?;
            let grant = Grant {
                role: asked.role.unwrap_or(held.grant.role),
                projects: asked
                    .projects
                    .unwrap_or_else(|| held.grant.projects.clone()),
            };
            check_may_give(&access, &grant)?;
            let member =
                access
                    .workspace
                    .change_member(&held, &grant, &access.principal.actor())?;
            MemberView::of(&of_app, member)
        })
        .await?;
    reply::json(&headers, &view)
}

//! `PUT …/capture-policy`: another policy.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{CapturePolicyView, PolicyInput, check_may_change};
use crate::api::extract::Input;
use crate::api::reply;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Another policy, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CapturePolicyChange {
    /// The revision that was looked at.
    revision: u32,
    policy: PolicyInput,
}

/// Gives the workspace another capture policy. Sessions that are private already stay so.
#[utoipa::path(put, path = "/api/v1/workspaces/{workspace}/capture-policy", tag = "capture", operation_id = "put_capture_policy",
    params(("workspace" = String, Path)), request_body = CapturePolicyChange,
    responses((status = 200, body = CapturePolicyView), (status = 400, description = "The policy is not taken"),
        (status = 409, description = "Another revision is in force")))]
pub(crate) async fn put(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
    Input(asked): Input<CapturePolicyChange>,
) -> Result<Response, Refusal> {
    check_may_change(&access)?;
    let of_app = app.clone();
    let view = app
        .blocking(move || {
            let policy = asked.policy.into_policy()?;
            let actor = access.principal.actor();
            let set = access
                .workspace
                .set_capture_policy(&policy, asked.revision, &actor)?;
            CapturePolicyView::of(&of_app, &access, set)
        })
        .await?;
    reply::json(&headers, &view)
}

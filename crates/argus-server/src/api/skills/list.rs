//! `GET …/skills`: versions of skills.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use super::SkillVersionView;
use crate::api::reply::{self, List};
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::Refusal;

/// Versions of skills, by name, those that were seen last first. A reader who is bound to projects, or to their own sessions,
/// sees those that ran in sessions that they may read.
#[utoipa::path(get, path = "/api/v1/workspaces/{workspace}/skills", tag = "inventory", operation_id = "list_skills",
    params(("workspace" = String, Path)), responses((status = 200, body = List<SkillVersionView>)))]
pub(crate) async fn list(
    State(app): State<Arc<App>>,
    access: Access,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let items: Vec<SkillVersionView> = app
        .blocking(move || {
            let versions = access.workspace.skill_versions(&access.scope)?;
            Ok(versions.into_iter().map(Into::into).collect())
        })
        .await?;
    reply::json(&headers, &List { items })
}

//! Workspaces, as far as somebody has to do with them.

pub(crate) mod get;
pub(crate) mod list;

use argus_store::{Role, WorkspaceMode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::auth::permission::Permission;
use crate::auth::principal::Principal;
use crate::refusal::Refusal;

/// What somebody may do in a workspace.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WorkspaceGrant {
    name: String,
    /// `privacy`: sessions can be erased; `retention-locked`: nothing can before its time.
    #[schema(value_type = String)]
    mode: WorkspaceMode,
    /// The role; null for a read key.
    #[schema(required = true, value_type = Option<super::members::RoleName>)]
    role: Option<Role>,
    /// The projects that it is bound to; null for all of them.
    #[schema(required = true)]
    projects: Option<Vec<String>>,
    permissions: Vec<Permission>,
}

/// Every workspace that somebody has to do with.
pub(super) fn granted(app: &App, principal: &Principal) -> Result<Vec<WorkspaceGrant>, Refusal> {
    let mut grants = Vec::new();
    for info in app.store.workspaces()? {
        if let Some(access) = principal.access(&app.store, &info.name)? {
            grants.push(WorkspaceGrant {
                name: info.name,
                mode: info.mode,
                role: access.grant.map(|grant| grant.role),
                projects: access.scope.projects,
                permissions: access.permissions.to_vec(),
            });
        }
    }
    Ok(grants)
}

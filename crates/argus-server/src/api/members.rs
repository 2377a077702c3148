//! Members of a workspace.

pub(crate) mod change;
pub(crate) mod list;
pub(crate) mod remove;

use argus_store::{Grant, Member, Role};
use serde::Serialize;
use utoipa::ToSchema;

use super::time::Time;
use crate::app::App;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Roles.
#[derive(Debug, ToSchema)]
#[schema(as = Role, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum RoleName {
    /// Everything, owners included.
    Owner,
    /// Everything but what concerns owners.
    Admin,
    /// Reads and judges.
    Reviewer,
    /// Reads.
    Viewer,
    /// Reads everything, changes nothing.
    Auditor,
    /// Reads its own sessions.
    Member,
}

/// A member.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Member)]
pub(crate) struct MemberView {
    account: String,
    name: String,
    email: String,
    #[schema(value_type = RoleName)]
    role: Role,
    /// The projects that the member is bound to; null for all of them.
    #[schema(required = true)]
    projects: Option<Vec<String>>,
    added_at: Time,
}

impl MemberView {
    fn of(app: &App, member: Member) -> Result<Self, Refusal> {
        // An account that is gone leaves its membership: it is shown, so that it can be removed.
        let account = app.store.account(&member.account)?;
        let (name, email) = account.map_or_else(
            || (member.account.clone(), String::new()),
            |account| (account.name, account.email),
        );
        Ok(Self {
            name,
            email,
            account: member.account,
            role: member.grant.role,
            projects: member.grant.projects,
            added_at: Time(member.added_at_us),
        })
    }
}

/// Nobody gives more than they have: owners are an owner's to make and unmake, projects beyond the own grant nobody's.
///
/// # Errors
/// Forbidden when `grant` is beyond what the asker has.
pub(super) fn check_may_give(access: &Access, grant: &Grant) -> Result<(), Refusal> {
    let Some(own) = &access.grant else {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "a key gives no roles: sign in",
        ));
    };
    if grant.role == Role::Owner && own.role != Role::Owner {
        return Err(Refusal::new(
            ErrorCode::Forbidden,
            "only an owner makes, changes or removes an owner",
        ));
    }
    check_projects(own, grant.projects.as_deref())
}

/// # Errors
/// Forbidden when one of `projects` (`None`: all) is beyond the asker's grant.
pub(super) fn check_projects(own: &Grant, projects: Option<&[String]>) -> Result<(), Refusal> {
    let is_within = match (&own.projects, projects) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(own), Some(projects)) => projects.iter().all(|project| own.contains(project)),
    };
    if is_within {
        return Ok(());
    }
    Err(Refusal::new(
        ErrorCode::Forbidden,
        "this goes beyond the projects that you are bound to",
    ))
}

fn no_member() -> Refusal {
    Refusal::new(
        ErrorCode::NotFound,
        "this account is no member of the workspace",
    )
}

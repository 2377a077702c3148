//! What becomes of a session that its person makes private: the workspace's rule, and those of some projects.
//!
//! The policy concerns the whole workspace, so that nobody who is bound to some of its projects changes it.

pub(crate) mod get;
pub(crate) mod put;

use std::collections::BTreeMap;

use argus_store::{CapturePolicy, CaptureRule, OptOut, StoredCapturePolicy, WorkspaceMode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actors::name_of;
use super::time::Time;
use crate::app::App;
use crate::auth::permission::Permission;
use crate::auth::principal::Access;
use crate::refusal::{ErrorCode, Refusal};

/// Longest body that a policy may have: a notice for each of many projects.
pub(super) const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What becomes of a session that its person makes private.
#[derive(Debug, ToSchema)]
#[schema(as = OptOut, rename_all = "snake_case")]
#[expect(dead_code, reason = "only its description is used")]
pub(crate) enum OptOutName {
    /// It is erased, and nothing of it is taken again.
    Allowed,
    /// Its content goes, its structure stays.
    ContentOff,
    /// Nothing: the person is told so.
    Forbidden,
}

/// A workspace's capture policy.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaptureSettings)]
pub(crate) struct CapturePolicyView {
    /// How often the policy was changed: `PUT` names the one that it changes.
    revision: u32,
    /// When it was changed last; null when it never was.
    #[schema(required = true)]
    changed_at: Option<Time>,
    /// Who changed it last, by name where it is an account that is known.
    #[schema(required = true)]
    changed_by: Option<String>,
    /// True when the asker may change it.
    can_change: bool,
    /// True when the workspace erases nothing before its time: then nothing is made private, whatever the policy says.
    retention_locked: bool,
    policy: PolicyView,
}

/// The rules.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CapturePolicy)]
pub(crate) struct PolicyView {
    /// For every project that has no rule of its own.
    workspace: RuleView,
    /// Projects with a rule of their own, by name; for a reader who is bound to projects, of these.
    projects: Vec<ProjectRuleView>,
}

/// A rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaptureRule)]
pub(crate) struct RuleView {
    #[schema(value_type = OptOutName)]
    opt_out: OptOut,
    /// What the person is told.
    #[schema(required = true)]
    notice: Option<String>,
}

/// A project's rule.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProjectCaptureRule)]
pub(crate) struct ProjectRuleView {
    project: String,
    #[serde(flatten)]
    rule: RuleView,
}

impl From<CaptureRule> for RuleView {
    fn from(rule: CaptureRule) -> Self {
        Self {
            opt_out: rule.opt_out,
            notice: rule.notice,
        }
    }
}

impl CapturePolicyView {
    fn of(app: &App, access: &Access, held: StoredCapturePolicy) -> Result<Self, Refusal> {
        // What is said to those of other projects is theirs.
        let bound = access.scope.projects.as_ref();
        let projects = held
            .policy
            .projects
            .into_iter()
            .filter(|(project, _)| bound.is_none_or(|bound| bound.contains(project)));
        Ok(Self {
            revision: held.revision,
            changed_at: held.changed_at_us.map(Time),
            changed_by: held.by.map(|by| name_of(app, by)).transpose()?,
            can_change: may_change(access),
            retention_locked: access.workspace.mode() == WorkspaceMode::RetentionLocked,
            policy: PolicyView {
                workspace: held.policy.workspace.into(),
                projects: projects
                    .map(|(project, rule)| ProjectRuleView {
                        project,
                        rule: rule.into(),
                    })
                    .collect(),
            },
        })
    }
}

/// The rules, as they are given.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewCapturePolicy)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyInput {
    workspace: RuleInput,
    #[serde(default)]
    projects: Vec<ProjectRuleInput>,
}

/// A rule, as it is given.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewCaptureRule)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleInput {
    #[schema(value_type = OptOutName)]
    opt_out: OptOut,
    /// What the person is told: plain text, at most 2,000 bytes.
    notice: Option<String>,
}

/// A project's rule, as it is given.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewProjectCaptureRule)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectRuleInput {
    project: String,
    #[schema(value_type = OptOutName)]
    opt_out: OptOut,
    /// What the person is told: plain text, at most 2,000 bytes.
    notice: Option<String>,
}

impl PolicyInput {
    /// # Errors
    /// When a project is named twice.
    fn into_policy(self) -> Result<CapturePolicy, Refusal> {
        let mut projects = BTreeMap::new();
        for (place, of) in self.projects.into_iter().enumerate() {
            let rule = CaptureRule {
                opt_out: of.opt_out,
                notice: of.notice,
            };
            if projects.insert(of.project, rule).is_some() {
                let detail = "this project has a rule already";
                let pointer = format!("/policy/projects/{place}/project");
                return Err(Refusal::new(ErrorCode::InvalidRequest, detail).at(pointer));
            }
        }
        Ok(CapturePolicy {
            workspace: CaptureRule {
                opt_out: self.workspace.opt_out,
                notice: self.workspace.notice,
            },
            projects,
        })
    }
}

fn may_change(access: &Access) -> bool {
    access.permissions.contains(&Permission::CaptureWrite) && access.scope.projects.is_none()
}

/// # Errors
/// Forbidden for who is bound to projects.
fn check_may_change(access: &Access) -> Result<(), Refusal> {
    if may_change(access) {
        return Ok(());
    }
    Err(Refusal::new(
        ErrorCode::Forbidden,
        "the capture policy is the whole workspace's: who is bound to some of its projects does not change it",
    ))
}

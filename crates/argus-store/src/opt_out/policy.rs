//! What becomes of a session that its person makes private: a rule of the workspace, and others for some of its projects.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::key_ring::KeyRing;
use crate::limits::{NOTICE_BYTES_MAX, RULED_PROJECTS_MAX};
use crate::store::check_name;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, StoreError, WorkspaceMode, seal};

/// What the sealed policy is bound to.
const ASSOCIATED: &[u8] = b"capture policy";

/// What becomes of a session that its person makes private. The later, the stricter.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum OptOut {
    /// It is erased, and nothing of it is taken again.
    #[default]
    Allowed,
    /// Its content goes, its structure stays.
    ContentOff,
    /// Nothing: the person is told so.
    Forbidden,
}

impl OptOut {
    /// Every one, the mildest first.
    pub const ALL: [Self; 3] = [Self::Allowed, Self::ContentOff, Self::Forbidden];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allowed => "allowed",
            Self::ContentOff => "content_off",
            Self::Forbidden => "forbidden",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|opt_out| opt_out.as_str() == name)
    }
}

/// A rule, and what the person is told of it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureRule {
    /// What becomes of the session.
    pub opt_out: OptOut,
    /// Plain text for the person.
    pub notice: Option<String>,
}

/// The rules of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapturePolicy {
    /// For every project that has no rule of its own.
    pub workspace: CaptureRule,
    /// Rules of projects, by name.
    pub projects: BTreeMap<String, CaptureRule>,
}

impl CapturePolicy {
    /// The rule for a project.
    #[must_use]
    pub fn of(&self, project: &str) -> &CaptureRule {
        self.projects.get(project).unwrap_or(&self.workspace)
    }

    /// The strictest rule of several projects; the workspace's own for none.
    #[must_use]
    pub fn strictest(&self, projects: &[String]) -> &CaptureRule {
        projects
            .iter()
            .map(|project| self.of(project))
            .max_by_key(|rule| rule.opt_out)
            .unwrap_or(&self.workspace)
    }

    /// # Errors
    /// When a project's name is none, or there are too many, or a notice is too long or not plain.
    fn check(&self) -> Result<(), StoreError> {
        if self.projects.len() > RULED_PROJECTS_MAX {
            return Err(StoreError::Invalid(format!(
                "at most {RULED_PROJECTS_MAX} projects have a rule of their own"
            )));
        }
        self.projects
            .keys()
            .try_for_each(|project| check_name("project", project))?;
        for rule in self.projects.values().chain([&self.workspace]) {
            let is_plain = |c: char| c == '\n' || !c.is_control();
            let notice = rule.notice.as_deref().unwrap_or_default();
            if notice.len() > NOTICE_BYTES_MAX || !notice.chars().all(is_plain) {
                return Err(StoreError::Invalid(format!(
                    "a notice is plain text of at most {NOTICE_BYTES_MAX} bytes"
                )));
            }
        }
        Ok(())
    }
}

/// The policy in force.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredCapturePolicy {
    /// The policy.
    pub policy: CapturePolicy,
    /// How often it was changed.
    pub revision: u32,
    /// When it was last changed, microseconds UTC; `None` when it never was.
    pub changed_at_us: Option<i64>,
    /// Who changed it last.
    pub by: Option<Actor>,
}

/// What is sealed of it: notices may name customers.
#[derive(Debug, Serialize, Deserialize)]
struct Sealed {
    policy: CapturePolicy,
    by: Actor,
}

impl Workspace {
    /// The capture policy in force.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn capture_policy(&self) -> Result<StoredCapturePolicy, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| stored(connection, keys))
    }

    /// The rule that holds for what a credential delivers: the strictest of its projects. What a workspace that erases nothing
    /// allows is nothing.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn capture_rule(&self, projects: &[String]) -> Result<CaptureRule, StoreError> {
        let rule = self.capture_policy()?.policy.strictest(projects).clone();
        Ok(in_mode(rule, self.mode()))
    }

    /// Gives the workspace another capture policy, if `expected_revision` is still the one in force. Sessions that are private
    /// already stay so.
    ///
    /// # Errors
    /// [`StoreError::Outdated`] when another revision is in force, [`StoreError::Invalid`] when the policy cannot be taken.
    pub fn set_capture_policy(
        &self,
        policy: &CapturePolicy,
        expected_revision: u32,
        actor: &Actor,
    ) -> Result<StoredCapturePolicy, StoreError> {
        let policy = trimmed(policy);
        policy.check()?;
        let held = self.capture_policy()?;
        if held.revision != expected_revision {
            return Err(OUTDATED);
        }
        if held.policy == policy {
            return Ok(held);
        }
        let (revision, changed_at_us) = (held.revision.saturating_add(1), self.now_us());
        let keys = self.inner().keys.clone();
        let content = serde_json::to_vec(&Sealed {
            policy: policy.clone(),
            by: actor.clone(),
        })
        .unwrap_or_default();
        let sealed = seal::seal(
            keys.workspace_key(),
            ASSOCIATED,
            &[0; 32],
            &content,
            self.random(),
        );
        let of_projects: BTreeMap<&str, OptOut> = policy
            .projects
            .iter()
            .map(|(project, rule)| (project.as_str(), rule.opt_out))
            .collect();
        let detail = json!({
            "revision": revision, "opt_out": policy.workspace.opt_out, "projects": of_projects,
        });
        self.change(ActKind::CapturePolicyChanged, actor, detail, move |transaction| {
            if stored(transaction, &keys)?.revision != expected_revision {
                return Err(OUTDATED);
            }
            transaction.execute(
                "INSERT OR REPLACE INTO capture_policy (only, revision, changed_at_us, sealed) VALUES (1, ?1, ?2, ?3)",
                params![revision, changed_at_us, sealed],
            )?;
            Ok(())
        })?;
        Ok(StoredCapturePolicy {
            policy,
            revision,
            changed_at_us: Some(changed_at_us),
            by: Some(actor.clone()),
        })
    }
}

impl Workspace {
    /// Sets one rule: of a project, or of every project that has none of its own; no rule: the one that holds where none was
    /// set.
    ///
    /// # Errors
    /// As [`Workspace::set_capture_policy`].
    pub fn set_capture_rule(
        &self,
        project: Option<&str>,
        rule: Option<CaptureRule>,
        actor: &Actor,
    ) -> Result<StoredCapturePolicy, StoreError> {
        let StoredCapturePolicy {
            mut policy,
            revision,
            ..
        } = self.capture_policy()?;
        match (project, rule) {
            (None, rule) => policy.workspace = rule.unwrap_or_default(),
            (Some(project), Some(rule)) => {
                policy.projects.insert(project.to_owned(), rule);
            }
            (Some(project), None) => {
                if policy.projects.remove(project).is_none() {
                    return Err(StoreError::NotFound {
                        what: "rule of project",
                        name: project.to_owned(),
                    });
                }
            }
        }
        self.set_capture_policy(&policy, revision, actor)
    }
}

const OUTDATED: StoreError = StoreError::Outdated {
    what: "capture policy",
};

/// What a rule is in a workspace of this mode.
pub(super) fn in_mode(rule: CaptureRule, mode: WorkspaceMode) -> CaptureRule {
    match mode {
        WorkspaceMode::Privacy => rule,
        WorkspaceMode::RetentionLocked => CaptureRule {
            opt_out: OptOut::Forbidden,
            ..rule
        },
    }
}

/// Notices without white space around them; an empty one is none.
fn trimmed(policy: &CapturePolicy) -> CapturePolicy {
    let rule = |rule: &CaptureRule| CaptureRule {
        opt_out: rule.opt_out,
        notice: rule
            .notice
            .as_deref()
            .map(str::trim)
            .filter(|notice| !notice.is_empty())
            .map(str::to_owned),
    };
    CapturePolicy {
        workspace: rule(&policy.workspace),
        projects: policy
            .projects
            .iter()
            .map(|(project, of)| (project.clone(), rule(of)))
            .collect(),
    }
}

pub(super) fn stored(
    connection: &Connection,
    keys: &KeyRing,
) -> Result<StoredCapturePolicy, StoreError> {
    let row: Option<(u32, i64, Vec<u8>)> = connection
        .prepare_cached("SELECT revision, changed_at_us, sealed FROM capture_policy")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((revision, changed_at_us, sealed)) = row else {
        return Ok(StoredCapturePolicy::default());
    };
    let (_, content) = seal::open(keys.workspace_key(), ASSOCIATED, &sealed)?;
    let sealed: Sealed = serde_json::from_slice(&content).map_err(|_| StoreError::Corrupt {
        table: "capture_policy",
        what: "the policy".to_owned(),
    })?;
    Ok(StoredCapturePolicy {
        policy: sealed.policy,
        revision,
        changed_at_us: Some(changed_at_us),
        by: Some(sealed.by),
    })
}

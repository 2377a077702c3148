//! Members of a workspace: which account may do what, in which projects. Kept in the workspace, so that a change and its leaf
//! are one transaction.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::store::check_name;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, StoreError};

/// What a member may do; the server's table of permissions says what each stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
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

impl Role {
    /// Every role.
    pub const ALL: [Self; 6] = [
        Self::Owner,
        Self::Admin,
        Self::Reviewer,
        Self::Viewer,
        Self::Auditor,
        Self::Member,
    ];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Reviewer => "reviewer",
            Self::Viewer => "viewer",
            Self::Auditor => "auditor",
            Self::Member => "member",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// What stands in a project's place until it is known.
pub(crate) const UNASSIGNED: &str = "unassigned";

/// What an account may do in a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role.
    pub role: Role,
    /// The projects it is bound to; `None` for all of them.
    pub projects: Option<Vec<String>>,
}

impl Grant {
    /// # Errors
    /// When a project's name is none, an owner is bound to projects, or the list is empty.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let Some(projects) = &self.projects else {
            return Ok(());
        };
        if self.role == Role::Owner {
            return Err(StoreError::Invalid(
                "an owner is bound to no projects".to_owned(),
            ));
        }
        if projects.is_empty() {
            return Err(StoreError::Invalid(
                "a list of projects names at least one; leave it out for all of them".to_owned(),
            ));
        }
        if projects.iter().any(|project| project == UNASSIGNED) {
            return Err(StoreError::Invalid(format!(
                "\"{UNASSIGNED}\" is no project to be bound to: it stands for sessions whose project is not known"
            )));
        }
        projects
            .iter()
            .try_for_each(|project| check_name("project", project))
    }

    pub(crate) fn projects_json(&self) -> Option<String> {
        self.projects
            .as_ref()
            .map(|projects| serde_json::json!(projects).to_string())
    }

    /// Reads a grant from its columns.
    pub(crate) fn read(role: &str, projects: Option<&str>) -> Result<Self, StoreError> {
        let corrupt = |what: &str| StoreError::Corrupt {
            table: "members",
            what: what.to_owned(),
        };
        Ok(Self {
            role: Role::from_name(role).ok_or_else(|| corrupt("role"))?,
            projects: projects
                .map(|json| serde_json::from_str(json).map_err(|_| corrupt("projects")))
                .transpose()?,
        })
    }
}

/// A member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The account's id.
    pub account: String,
    /// What it may do.
    pub grant: Grant,
    /// Since when, microseconds UTC.
    pub added_at_us: i64,
}

const COLUMNS: &str = "account, role, projects, added_at_us";

type MemberRow = (String, String, Option<String>, i64);

fn row(row: &Row<'_>) -> rusqlite::Result<MemberRow> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn member((account, role, projects, added_at_us): MemberRow) -> Result<Member, StoreError> {
    Ok(Member {
        account,
        grant: Grant::read(&role, projects.as_deref())?,
        added_at_us,
    })
}

impl Workspace {
    /// The members, in the order in which they came.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn members(&self) -> Result<Vec<Member>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM members ORDER BY added_at_us, account"
            ))?;
            let rows = statement.query_map([], row)?;
            rows.map(|row| member(row?)).collect()
        })
    }

    /// A member.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn member(&self, account: &str) -> Result<Option<Member>, StoreError> {
        self.read(|connection| {
            connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM members WHERE account = ?1"))?
                .query_row([account], row)
                .optional()?
                .map(member)
                .transpose()
        })
    }

    /// Makes an account a member, or gives a member another grant.
    ///
    /// # Errors
    /// When the grant is none, or it would leave the workspace without an owner.
    pub fn put_member(
        &self,
        account: &str,
        grant: &Grant,
        actor: &Actor,
    ) -> Result<Member, StoreError> {
        grant.check()?;
        let kind = match self.member(account)? {
            None => ActKind::MemberAdded,
            Some(_) => ActKind::MemberChanged,
        };
        let (id, role, projects, at_us) = (
            account.to_owned(),
            grant.role,
            grant.projects_json(),
            self.now_us(),
        );
        let detail = detail(account, grant);
        self.change(kind, actor, detail, move |transaction| {
            transaction.execute(
                "INSERT INTO members (account, role, projects, added_at_us) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (account) DO UPDATE SET role = excluded.role, projects = excluded.projects",
                params![id, role.as_str(), projects, at_us],
            )?;
            withdraw_invitations_of(transaction, &id, role)?;
            check_owner_left(transaction)
        })?;
        self.member(account)?.ok_or(StoreError::Closed)
    }

    /// Gives a member another grant, if it still has the one that was looked at.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when it has another one by now; otherwise as [`Workspace::put_member`].
    pub fn change_member(
        &self,
        held: &Member,
        grant: &Grant,
        actor: &Actor,
    ) -> Result<Member, StoreError> {
        grant.check()?;
        let (held_row, to) = (held.clone(), grant.clone());
        let detail = detail(&held.account, grant);
        self.change(ActKind::MemberChanged, actor, detail, move |transaction| {
            let changed = transaction.execute(
                "UPDATE members SET role = ?4, projects = ?5 WHERE account = ?1 AND role = ?2 AND projects IS ?3",
                params![
                    held_row.account,
                    held_row.grant.role.as_str(),
                    held_row.grant.projects_json(),
                    to.role.as_str(),
                    to.projects_json(),
                ],
            )?;
            if changed == 0 {
                return Err(StoreError::Busy);
            }
            withdraw_invitations_of(transaction, &held_row.account, to.role)?;
            check_owner_left(transaction)
        })?;
        self.member(&held.account)?.ok_or(StoreError::Closed)
    }

    /// Ends a membership, if it is still the one that was looked at. The invitations that the person made go with it.
    ///
    /// # Errors
    /// When it is the last owner's; [`StoreError::Busy`] when it changed meanwhile.
    pub fn remove_member(&self, held: &Member, actor: &Actor) -> Result<(), StoreError> {
        let row = held.clone();
        self.change(
            ActKind::MemberRemoved,
            actor,
            serde_json::json!({"account": held.account}),
            move |transaction| {
                let removed = transaction.execute(
                    "DELETE FROM members WHERE account = ?1 AND role = ?2 AND projects IS ?3",
                    params![
                        row.account,
                        row.grant.role.as_str(),
                        row.grant.projects_json()
                    ],
                )?;
                if removed == 0 {
                    return Err(StoreError::Busy);
                }
                transaction.execute(
                    "DELETE FROM invitations WHERE invited_by = ?1",
                    [&row.account],
                )?;
                check_owner_left(transaction)
            },
        )
    }
}

fn detail(account: &str, grant: &Grant) -> serde_json::Value {
    serde_json::json!({"account": account, "role": grant.role, "projects": grant.projects})
}

/// Who may not invite any more has no invitations open.
fn withdraw_invitations_of(
    connection: &rusqlite::Connection,
    account: &str,
    role: Role,
) -> Result<(), StoreError> {
    if !matches!(role, Role::Owner | Role::Admin) {
        connection.execute("DELETE FROM invitations WHERE invited_by = ?1", [account])?;
    }
    Ok(())
}

/// A workspace that has members has an owner among them: nobody else could put it right.
fn check_owner_left(connection: &rusqlite::Connection) -> Result<(), StoreError> {
    let owners: i64 = connection.query_row(
        "SELECT count(*) FROM members WHERE role = 'owner'",
        [],
        |row| row.get(0),
    )?;
    if owners == 0 {
        return Err(StoreError::Invalid(
            "a workspace keeps at least one owner: make somebody else an owner first".to_owned(),
        ));
    }
    Ok(())
}

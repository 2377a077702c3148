//! Invitations to a workspace: a link for one e-mail address, kept as a hash, good for a week and for once.

use rusqlite::{OptionalExtension, Row, params};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::token::{self, TokenKind};
use crate::workspace::Workspace;
use crate::{ActKind, Actor, Grant, StoreError};

/// How long an invitation is good for: a week, in microseconds.
const INVITATION_US: i64 = 7 * 24 * 3_600 * 1_000_000;

/// An invitation that is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: String,
    /// Whom it is for, in lower case.
    pub email: String,
    /// What the person may do.
    pub grant: Grant,
    /// The account that invited.
    pub invited_by: String,
    /// When, microseconds UTC.
    pub created_at_us: i64,
    /// Until when it is good.
    pub expires_at_us: i64,
}

/// An invitation just made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation {
    /// What it is.
    pub invitation: Invitation,
    /// The token of its link: shown once.
    pub token: String,
}

const COLUMNS: &str = "id, email, role, projects, invited_by, created_at_us, expires_at_us";

type InvitationRow = (String, String, String, Option<String>, String, i64, i64);

fn row(row: &Row<'_>) -> rusqlite::Result<InvitationRow> {
    Ok((
        row.get(0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
    ))
}

fn invitation(row: InvitationRow) -> Result<Invitation, StoreError> {
    let (id, email, role, projects, invited_by, created_at_us, expires_at_us) = row;
    Ok(Invitation {
        id,
        email,
        grant: Grant::read(&role, projects.as_deref())?,
        invited_by,
        created_at_us,
        expires_at_us,
    })
}

impl Workspace {
    /// The invitations that are open, newest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn invitations(&self) -> Result<Vec<Invitation>, StoreError> {
        let now = self.now_us();
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM invitations WHERE expires_at_us > ?1 ORDER BY created_at_us DESC, id"
            ))?;
            let rows = statement.query_map([now], row)?;
            rows.map(|row| invitation(row?)).collect()
        })
    }

    /// Invites. The token's prefix has to be made known to the control database: see [`crate::Store::invite`].
    pub(crate) fn invite(
        &self,
        email: &str,
        grant: &Grant,
        actor: &Actor,
    ) -> Result<NewInvitation, StoreError> {
        grant.check()?;
        let (prefix, token) = token::new(TokenKind::Invitation, self.random());
        let created_at_us = self.now_us();
        let made = Invitation {
            id: format!("inv_{prefix}"),
            email: email.to_owned(),
            grant: grant.clone(),
            invited_by: actor.id.clone(),
            created_at_us,
            expires_at_us: created_at_us + INVITATION_US,
        };
        // The act names nobody who is not an account yet: an address is captured nowhere but here.
        let detail = serde_json::json!({"invitation": made.id, "role": grant.role, "projects": grant.projects});
        let (row, hash) = (made.clone(), <[u8; 32]>::from(Sha256::digest(&token)));
        self.change(ActKind::Invited, actor, detail, move |transaction| {
            transaction.execute(
                "INSERT INTO invitations (id, hash, email, role, projects, invited_by, created_at_us, expires_at_us)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![
                    row.id,
                    hash.as_slice(),
                    row.email,
                    row.grant.role.as_str(),
                    row.grant.projects_json(),
                    row.invited_by,
                    row.created_at_us,
                    row.expires_at_us
                ],
            )?;
            // What is over is of no use to anybody.
            transaction.execute("DELETE FROM invitations WHERE expires_at_us <= ?1", [row.created_at_us])?;
            Ok(())
        })?;
        Ok(NewInvitation {
            invitation: made,
            token,
        })
    }

    /// Withdraws an invitation; false when there is none.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn withdraw_invitation(&self, id: &str, actor: &Actor) -> Result<bool, StoreError> {
        let is_there = self
            .invitations()?
            .iter()
            .any(|invitation| invitation.id == id);
        if !is_there {
            return Ok(false);
        }
        let gone = id.to_owned();
        self.change(
            ActKind::InvitationWithdrawn,
            actor,
            serde_json::json!({"invitation": id}),
            move |transaction| {
                transaction.execute("DELETE FROM invitations WHERE id = ?1", [gone])?;
                Ok(())
            },
        )?;
        Ok(true)
    }

    pub(crate) fn find_invitation(
        &self,
        prefix: &str,
        token: &str,
    ) -> Result<Option<Invitation>, StoreError> {
        let id = format!("inv_{prefix}");
        let now = self.now_us();
        let found = self.read(|connection| {
            let statement = format!(
                "SELECT {COLUMNS}, hash FROM invitations WHERE id = ?1 AND expires_at_us > ?2"
            );
            Ok(connection
                .prepare_cached(&statement)?
                .query_row(params![id, now], |columns| {
                    Ok((row(columns)?, columns.get::<_, Vec<u8>>(7)?))
                })
                .optional()?)
        })?;
        let Some((row, held)) = found else {
            return Ok(None);
        };
        let hash: [u8; 32] = Sha256::digest(token).into();
        if !bool::from(held.as_slice().ct_eq(hash.as_slice())) {
            return Ok(None);
        }
        invitation(row).map(Some)
    }

    /// Makes the account a member by an invitation, which is used up by it. Who is a member already keeps the grant that
    /// they have.
    pub(crate) fn accept_invitation(
        &self,
        accepted: &Invitation,
        account: &str,
    ) -> Result<(), StoreError> {
        let actor = Actor::account(account);
        let detail = serde_json::json!({
            "account": account, "role": accepted.grant.role, "projects": accepted.grant.projects, "invitation": accepted.id,
        });
        let (row, account, at_us) = (accepted.clone(), account.to_owned(), self.now_us());
        self.change(ActKind::MemberAdded, &actor, detail, move |transaction| {
            let used = transaction.execute("DELETE FROM invitations WHERE id = ?1", [&row.id])?;
            if used == 0 {
                return Err(StoreError::NotFound {
                    what: "invitation",
                    name: row.id,
                });
            }
            transaction.execute(
                "INSERT OR IGNORE INTO members (account, role, projects, added_at_us) VALUES (?1, ?2, ?3, ?4)",
                params![account, row.grant.role.as_str(), row.grant.projects_json(), at_us],
            )?;
            Ok(())
        })
    }
}

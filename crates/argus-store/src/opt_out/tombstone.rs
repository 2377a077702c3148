//! What stands where a session was: that it was, since when it is not, by whom and by which policy. Nothing of what it was; its
//! id only as its keyed hash.

use std::collections::HashSet;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use serde::{Deserialize, Serialize};

use super::policy::OptOut;
use crate::devices::DeviceId;
use crate::key_ring::IdHash;
use crate::limits::PAGE_ROWS_MAX;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{Actor, ActorKind, ReadScope, StoreError};

/// What became of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TombstoneKind {
    /// Its person made it private: it is erased.
    Private,
    /// Somebody else erased it.
    Erased,
    /// Its person made it private: its content is gone, its structure is there.
    ContentOff,
}

impl TombstoneKind {
    const ALL: [Self; 3] = [Self::Private, Self::Erased, Self::ContentOff];

    /// Its name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Erased => "erased",
            Self::ContentOff => "content_off",
        }
    }

    /// True when nothing of the session is there.
    #[must_use]
    pub const fn is_gone(self) -> bool {
        matches!(self, Self::Private | Self::Erased)
    }
}

/// What stands where a session was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The session id's keyed hash, hex.
    pub session: String,
    /// What became of it.
    pub kind: TombstoneKind,
    /// The policy that it was done by; `None` where somebody erased it.
    pub policy: Option<OptOut>,
    /// When, microseconds UTC.
    pub at_us: i64,
    /// Who did it; `None` of what was erased before this was noted.
    pub by: Option<Actor>,
    /// The person, by e-mail address, where the key that did it, or the account, is one's.
    pub person: Option<String>,
    /// The projects that it was of, as far as they were known.
    pub projects: Vec<String>,
    /// The device that gave the word: what else is its own follows. Shown to nobody.
    #[serde(skip)]
    pub(crate) device: Option<DeviceId>,
}

const COLUMNS: &str =
    "session, kind, policy, at_us, actor_kind, actor_id, person, projects, device";

impl Workspace {
    /// What stands where a session was, if `scope` lets its reader know of it: who may read all of the workspace; who is bound
    /// to projects, of theirs only; who reads their own sessions, of what they made private themselves.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tombstone(
        &self,
        session_id: &str,
        scope: &ReadScope,
    ) -> Result<Option<Tombstone>, StoreError> {
        let hash = self.inner().keys.session_hash(session_id);
        let found = self.read(|connection| find(connection, &hash))?;
        Ok(found.filter(|tombstone| may_know(tombstone, scope)))
    }

    /// The tombstones that `scope` lets its reader know of, newest first, up to a page of them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn tombstones(
        &self,
        scope: &ReadScope,
        before: Option<(i64, &str)>,
        limit: usize,
    ) -> Result<Vec<Tombstone>, StoreError> {
        let mut place = before.map(|(at_us, session)| (at_us, session.to_owned()));
        let limit = limit.min(PAGE_ROWS_MAX);
        let mut found = Vec::new();
        while found.len() < limit {
            let rows = self.read(|connection| page(connection, place.as_ref()))?;
            let is_last = rows.len() < PAGE_ROWS_MAX;
            place = rows.last().map(|row| (row.at_us, row.session.clone()));
            found.extend(rows.into_iter().filter(|row| may_know(row, scope)));
            if is_last {
                break;
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// Of these sessions, those of which nothing is taken any more; and of the others those of which no content is.
    #[must_use]
    pub fn opted_out<'a>(&self, sessions: &'a [String]) -> (Vec<&'a str>, Vec<&'a str>) {
        let inner = self.inner();
        let mut gone = Vec::new();
        let mut content_off = Vec::new();
        for session in sessions {
            let hash = inner.keys.session_hash(session);
            if self.is_suppressed(&hash) {
                gone.push(session.as_str());
            } else if inner.opted_out.is_content_off(&hash) {
                content_off.push(session.as_str());
            }
        }
        (gone, content_off)
    }
}

fn may_know(tombstone: &Tombstone, scope: &ReadScope) -> bool {
    let of_project = scope.projects.as_ref().is_none_or(|allowed| {
        !tombstone.projects.is_empty()
            && tombstone
                .projects
                .iter()
                .all(|project| allowed.contains(project))
    });
    let is_own = scope
        .own_of
        .as_ref()
        .is_none_or(|own| !own.is_empty() && tombstone.person.as_ref() == Some(own));
    of_project && is_own
}

type TombstoneRow = (
    IdHash,
    String,
    Option<String>,
    i64,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<DeviceId>,
);

fn row(row: &Row<'_>) -> rusqlite::Result<TombstoneRow> {
    Ok((
        records::hash(row, 0)?,
        row.get(1)?,
        row.get(2)?,
        row.get(3)?,
        row.get(4)?,
        row.get(5)?,
        row.get(6)?,
        row.get(7)?,
        row.get(8)?,
    ))
}

fn read(
    (session, kind, policy, at_us, actor_kind, actor_id, person, projects, device): TombstoneRow,
) -> Result<Tombstone, StoreError> {
    let corrupt = |what: &str| StoreError::Corrupt {
        table: "tombstones",
        what: what.to_owned(),
    };
    let by = match (actor_kind, actor_id) {
        (Some(kind), Some(id)) => Some(Actor {
            kind: serde_json::from_value::<ActorKind>(kind.into()).map_err(|_| corrupt("actor"))?,
            id,
        }),
        _ => None,
    };
    Ok(Tombstone {
        session: hex::encode(session),
        kind: TombstoneKind::ALL
            .into_iter()
            .find(|known| known.as_str() == kind)
            .ok_or_else(|| corrupt("kind"))?,
        policy: policy
            .map(|name| OptOut::from_name(&name).ok_or_else(|| corrupt("policy")))
            .transpose()?,
        at_us,
        by,
        person,
        projects: projects
            .map(|json| serde_json::from_str(&json).map_err(|_| corrupt("projects")))
            .transpose()?
            .unwrap_or_default(),
        device,
    })
}

/// A session's tombstone; of one that was erased before tombstones were written, what the suppressed set has.
pub(super) fn find(
    connection: &Connection,
    session: &IdHash,
) -> Result<Option<Tombstone>, StoreError> {
    let held = connection
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM tombstones WHERE session = ?1"
        ))?
        .query_row([session.as_slice()], row)
        .optional()?;
    if let Some(held) = held {
        return read(held).map(Some);
    }
    let erased_at_us: Option<i64> = connection
        .prepare_cached("SELECT at_us FROM suppressed WHERE hash = ?1")?
        .query_row([session.as_slice()], |row| row.get(0))
        .optional()?;
    Ok(erased_at_us.map(|at_us| Tombstone {
        session: hex::encode(session),
        kind: TombstoneKind::Erased,
        policy: None,
        at_us,
        by: None,
        person: None,
        projects: Vec::new(),
        device: None,
    }))
}

fn page(
    connection: &Connection,
    before: Option<&(i64, String)>,
) -> Result<Vec<Tombstone>, StoreError> {
    let mut values = vec![Sql::Integer(
        i64::try_from(PAGE_ROWS_MAX).unwrap_or(i64::MAX),
    )];
    let condition = match before {
        Some((at_us, session)) => {
            values.push(Sql::Integer(*at_us));
            values.push(Sql::Blob(hex::decode(session).unwrap_or_default()));
            "WHERE (at_us, session) < (?2, ?3)"
        }
        None => "",
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM tombstones {condition} ORDER BY at_us DESC, session DESC LIMIT ?1"
    ))?;
    let rows = statement.query_map(params_from_iter(&values), row)?;
    rows.map(|row| read(row?)).collect()
}

/// The sessions with a tombstone of this kind.
pub(super) fn sessions(
    connection: &Connection,
    kind: TombstoneKind,
) -> Result<HashSet<IdHash>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT session FROM tombstones WHERE kind = ?1")?;
    let rows = statement.query_map([kind.as_str()], |row| records::hash(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The sessions whose content is not all gone yet.
pub(super) fn unfinished(connection: &Connection) -> Result<Vec<IdHash>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT session FROM tombstones WHERE unfinished = 1")?;
    let rows = statement.query_map([], |row| records::hash(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that a session's content is all gone.
pub(super) fn finish(connection: &Connection, session: &IdHash) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE tombstones SET unfinished = 0 WHERE session = ?1")?
        .execute([session.as_slice()])?;
    Ok(())
}

/// Writes a tombstone. What is gone stays as it was said first; a session without content may go later.
pub(crate) fn put(
    connection: &Connection,
    session: &IdHash,
    of: &Tombstone,
) -> Result<(), StoreError> {
    let actor_kind = of
        .by
        .as_ref()
        .and_then(|by| serde_json::to_value(by.kind).ok());
    connection
        .prepare_cached(
            "INSERT INTO tombstones (session, kind, policy, at_us, actor_kind, actor_id, person, projects, unfinished, device)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (session) DO UPDATE SET kind = ?2, policy = ?3, at_us = ?4, actor_kind = ?5, actor_id = ?6, person = ?7,
                 projects = ?8, unfinished = ?9, device = ?10 WHERE kind = 'content_off'",
        )?
        .execute(params![
            session.as_slice(),
            of.kind.as_str(),
            of.policy.map(OptOut::as_str),
            of.at_us,
            actor_kind.as_ref().and_then(serde_json::Value::as_str),
            of.by.as_ref().map(|by| by.id.as_str()),
            of.person,
            serde_json::to_string(&of.projects).unwrap_or_default(),
            !of.kind.is_gone(),
            of.device.as_ref().map(DeviceId::as_slice),
        ])?;
    Ok(())
}

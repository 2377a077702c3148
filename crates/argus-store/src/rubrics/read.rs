//! Reading rubrics.

use argus_insight::rubric::{Rubric, starters};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::associated;
use super::precedents::{Precedent, of_rubric};
use crate::key_ring::KeyRing;
use crate::workspace::Workspace;
use crate::{Actor, ReadScope, StoreError, seal};

/// The version of a starter that nobody changed.
pub(super) const STARTER_VERSION: u32 = 1;

/// A version of a rubric, as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRubric {
    /// Its id.
    pub id: String,
    /// Which version this is, from 1 on.
    pub version: u32,
    /// The newest that there is.
    pub newest_version: u32,
    /// What it says.
    pub definition: Rubric,
    /// Decisions that guide its use, the oldest first: of all versions.
    pub precedents: Vec<Precedent>,
    /// Whether it is used for nothing new any more.
    pub is_retired: bool,
    /// Whether it came with this program.
    pub is_starter: bool,
    /// When this version was made, microseconds UTC; `None` of a starter that nobody used or changed.
    pub at_us: Option<i64>,
    /// Who made this version; `None` of one that came with the program.
    pub by: Option<Actor>,
}

/// What is sealed of a version.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Sealed {
    pub(super) definition: Rubric,
    pub(super) by: Option<Actor>,
}

impl Workspace {
    /// The newest version of every rubric, by name. Precedents are those whose sessions `scope` lets be read.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn rubrics(&self, scope: &ReadScope) -> Result<Vec<StoredRubric>, StoreError> {
        let keys = &self.inner().keys;
        let mut found = self.read(|connection| {
            let mut ids: Vec<String> = {
                let mut statement = connection.prepare_cached("SELECT id FROM rubrics")?;
                let rows = statement.query_map([], |row| row.get(0))?;
                rows.collect::<Result<_, _>>()?
            };
            ids.extend(starters().into_iter().map(|(id, _)| id.to_owned()));
            ids.sort();
            ids.dedup();
            ids.iter()
                .filter_map(|id| stored(connection, keys, id, None, scope).transpose())
                .collect::<Result<Vec<_>, _>>()
        })?;
        found.sort_by(|one, other| {
            (&one.definition.name, &one.id).cmp(&(&other.definition.name, &other.id))
        });
        Ok(found)
    }

    /// A version of a rubric, the newest where none is named; `None` when there is none.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn rubric(
        &self,
        id: &str,
        version: Option<u32>,
        scope: &ReadScope,
    ) -> Result<Option<StoredRubric>, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| stored(connection, keys, id, version, scope))
    }
}

fn stored(
    connection: &Connection,
    keys: &KeyRing,
    id: &str,
    version: Option<u32>,
    scope: &ReadScope,
) -> Result<Option<StoredRubric>, StoreError> {
    let starter = starter(id);
    let head = head(connection, id)?;
    let newest = match (&head, &starter) {
        (Some(head), _) => head.version,
        (None, Some(_)) => STARTER_VERSION,
        (None, None) => return Ok(None),
    };
    let version = version.unwrap_or(newest);
    let Some((sealed, at_us)) = version_of(connection, keys, id, version)? else {
        return Ok(None);
    };
    Ok(Some(StoredRubric {
        id: id.to_owned(),
        version,
        newest_version: newest,
        definition: sealed.definition,
        precedents: of_rubric(connection, keys, id, scope)?,
        is_retired: head.is_some_and(|head| head.is_retired),
        is_starter: starter.is_some(),
        at_us,
        by: sealed.by,
    }))
}

/// The newest version of a rubric that is not retired; `None` when there is none.
pub(crate) fn newest_version(connection: &Connection, id: &str) -> Result<Option<u32>, StoreError> {
    Ok(match head(connection, id)? {
        Some(head) => (!head.is_retired).then_some(head.version),
        None => starter(id).map(|_| STARTER_VERSION),
    })
}

fn version_of(
    connection: &Connection,
    keys: &KeyRing,
    id: &str,
    version: u32,
) -> Result<Option<(Sealed, Option<i64>)>, StoreError> {
    let row: Option<(i64, Vec<u8>)> = connection
        .prepare_cached(
            "SELECT at_us, sealed FROM rubric_versions WHERE rubric = ?1 AND version = ?2",
        )?
        .query_row(params![id, version], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((at_us, sealed)) = row else {
        let starter = starter(id).filter(|_| version == STARTER_VERSION);
        return Ok(starter.map(|definition| {
            (
                Sealed {
                    definition,
                    by: None,
                },
                None,
            )
        }));
    };
    let (_, content) = seal::open(keys.workspace_key(), &associated(id, version), &sealed)?;
    let sealed = serde_json::from_slice(&content).map_err(|_| StoreError::Corrupt {
        table: "rubric_versions",
        what: format!("version {version} of the rubric {id}"),
    })?;
    Ok(Some((sealed, Some(at_us))))
}

pub(super) struct Head {
    pub(super) version: u32,
    pub(super) is_retired: bool,
}

pub(super) fn head(connection: &Connection, id: &str) -> Result<Option<Head>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT version, is_retired FROM rubrics WHERE id = ?1")?
        .query_row([id], |row| {
            Ok(Head {
                version: row.get(0)?,
                is_retired: row.get(1)?,
            })
        })
        .optional()?)
}

pub(super) fn starter(id: &str) -> Option<Rubric> {
    let found = starters().into_iter().find(|(starter, _)| *starter == id);
    found.map(|(_, definition)| definition)
}

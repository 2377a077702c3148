//! What is known of a session when somebody speaks for it.

use argus_session::filter::Key;
use argus_session::project::UNASSIGNED;
use rusqlite::{Connection, OptionalExtension};

use crate::key_ring::IdHash;
use crate::sqlite::{names, projections, records};
use crate::{Delivery, StoreError};

/// A session, as the store knows it now.
pub(super) struct Known {
    pub(super) id: String,
    pub(super) hash: IdHash,
    /// Its number; `None` when nothing of it is stored.
    pub(super) number: Option<i64>,
    /// Who delivered records of it.
    pub(super) deliveries: Vec<Delivery>,
}

impl Known {
    pub(super) fn of(connection: &Connection, id: &str, hash: IdHash) -> Result<Self, StoreError> {
        let number = records::known_session(connection, id)?;
        let deliveries = match number {
            Some(number) => deliveries(connection, number)?,
            None => Vec::new(),
        };
        Ok(Self {
            id: id.to_owned(),
            hash,
            number,
            deliveries,
        })
    }

    /// The session with this number, unless it is erased.
    pub(super) fn numbered(
        connection: &Connection,
        number: i64,
    ) -> Result<Option<Self>, StoreError> {
        match records::session_of(connection, number)? {
            Some((Some(id), hash)) if !id.is_empty() => Self::of(connection, &id, hash).map(Some),
            _ => Ok(None),
        }
    }

    /// The session with this keyed hash, if anything of it is stored.
    pub(super) fn hashed(
        connection: &Connection,
        hash: &IdHash,
    ) -> Result<Option<Self>, StoreError> {
        let number = connection
            .prepare_cached("SELECT n FROM sessions_known WHERE hash = ?1")?
            .query_row([hash.as_slice()], |row| row.get(0))
            .optional()?;
        number.map_or(Ok(None), |number| Self::numbered(connection, number))
    }

    /// The projects that it is of: those that its records say; where none is known yet, all that it was delivered for.
    pub(super) fn projects(&self, connection: &Connection) -> Result<Vec<String>, StoreError> {
        let Some(number) = self.number else {
            return Ok(Vec::new());
        };
        let mut projects =
            projections::names(connection, number, names::number(Key::Project).unwrap_or(0))?;
        projects.retain(|project| project != UNASSIGNED);
        if projects.is_empty() {
            let delivered = self
                .deliveries
                .iter()
                .flat_map(|delivery| &delivery.projects);
            projects = delivered.cloned().collect();
            projects.sort();
            projects.dedup();
        }
        Ok(projects)
    }

    /// The sessions in which copies of its records are: its forks.
    pub(super) fn forks(&self, connection: &Connection) -> Result<Vec<Self>, StoreError> {
        // Those that came before copies were noted stand in the projections only.
        let mut statement = connection.prepare_cached(
            "SELECT session FROM session_forks WHERE of = ?1
             UNION SELECT session FROM session_links WHERE older = ?2 AND kind = 'fork'",
        )?;
        let rows = statement
            .query_map(rusqlite::params![self.hash.as_slice(), self.id], |row| {
                row.get::<_, i64>(0)
            })?;
        let numbers: Vec<i64> = rows.collect::<Result<_, _>>()?;
        let mut forks = Vec::new();
        for number in numbers.into_iter().filter(|n| Some(*n) != self.number) {
            forks.extend(Self::numbered(connection, number)?);
        }
        Ok(forks)
    }
}

/// The projects that a session is of, as far as they are known.
pub(crate) fn projects_of(
    connection: &Connection,
    id: &str,
    hash: IdHash,
) -> Result<Vec<String>, StoreError> {
    Known::of(connection, id, hash)?.projects(connection)
}

fn deliveries(connection: &Connection, session: i64) -> Result<Vec<Delivery>, StoreError> {
    let numbers: Vec<i64> = {
        let mut statement = connection
            .prepare_cached("SELECT DISTINCT delivery FROM records WHERE session = ?1")?;
        let rows = statement.query_map([session], |row| row.get(0))?;
        rows.collect::<Result<_, _>>()?
    };
    let known = records::deliveries(connection)?;
    Ok(known
        .into_iter()
        .filter(|(_, number)| numbers.contains(number))
        .map(|(delivery, _)| delivery)
        .collect())
}

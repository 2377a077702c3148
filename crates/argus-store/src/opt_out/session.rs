//! What is known of a session when somebody speaks for it.

use std::collections::BTreeSet;

use argus_session::Source;
use argus_session::filter::Key;
use argus_session::project::UNASSIGNED;
use rusqlite::{Connection, OptionalExtension};

use crate::devices::DeviceId;
use crate::key_ring::IdHash;
use crate::sqlite::{names, projections, records};
use crate::{Delivery, Prepared, StoreError};

/// A session, as the store knows it now.
pub(super) struct Known {
    pub(super) id: String,
    pub(super) hash: IdHash,
    /// Its number; `None` when nothing of it is stored.
    pub(super) number: Option<i64>,
    /// Who delivered records of it, from which sources.
    pub(super) deliveries: Vec<Delivered>,
    /// The devices that sent records of it.
    pub(super) devices: BTreeSet<DeviceId>,
}

/// That records of a source came by a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Delivered {
    pub(super) by: Delivery,
    /// `None` of a source that this release does not know.
    pub(super) source: Option<Source>,
}

impl Delivered {
    /// True of what an organisation's own sources tell: nobody's client sent it.
    pub(super) fn is_server_side(&self) -> bool {
        matches!(
            self.source,
            None | Some(Source::ComplianceApi | Source::InferenceHook)
        )
    }

    /// True of telemetry, which names no device.
    pub(super) fn is_telemetry(&self) -> bool {
        matches!(
            self.source,
            Some(Source::OtelLog | Source::OtelMetric | Source::OtelSpan)
        )
    }
}

impl Known {
    pub(super) fn of(connection: &Connection, id: &str, hash: IdHash) -> Result<Self, StoreError> {
        let number = records::known_session(connection, id)?;
        let (deliveries, devices) = match number {
            Some(number) => (
                deliveries(connection, number)?,
                devices(connection, number)?,
            ),
            None => (Vec::new(), BTreeSet::new()),
        };
        Ok(Self {
            id: id.to_owned(),
            hash,
            number,
            deliveries,
            devices,
        })
    }

    /// With what waits to be appended: who delivers it speaks for the session as much as who delivered the rest.
    pub(super) fn with(mut self, waiting: &[&Prepared]) -> Self {
        for prepared in waiting
            .iter()
            .filter(|prepared| prepared.session_hash == self.hash)
        {
            self.deliveries.push(Delivered {
                by: prepared.delivery.clone(),
                source: Some(prepared.record.source),
            });
            self.devices.extend(prepared.device);
        }
        self
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
        let mut projects = match self.number {
            Some(number) => {
                projections::names(connection, number, names::number(Key::Project).unwrap_or(0))?
            }
            None => Vec::new(),
        };
        projects.retain(|project| project != UNASSIGNED);
        if projects.is_empty() {
            let delivered = self
                .deliveries
                .iter()
                .flat_map(|delivered| &delivered.by.projects);
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

fn deliveries(connection: &Connection, session: i64) -> Result<Vec<Delivered>, StoreError> {
    let found: Vec<(i64, u8)> = {
        let mut statement = connection
            .prepare_cached("SELECT DISTINCT delivery, source FROM records WHERE session = ?1")?;
        let rows = statement.query_map([session], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    let known = records::deliveries(connection)?;
    let mut deliveries = Vec::with_capacity(found.len());
    for (by, number) in known {
        for (_, source) in found.iter().filter(|(delivery, _)| *delivery == number) {
            deliveries.push(Delivered {
                by: by.clone(),
                source: Source::from_number(*source),
            });
        }
    }
    Ok(deliveries)
}

fn devices(connection: &Connection, session: i64) -> Result<BTreeSet<DeviceId>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT device FROM session_devices WHERE session = ?1")?;
    let rows = statement.query_map([session], |row| records::hash(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

//! How much of a workspace's sessions was seen: sums, and by machine.

use std::collections::BTreeMap;

use argus_session::Source;
use argus_session::document::{Grade, LossSeen};
use argus_session::filter::Key;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Row, params_from_iter};

use crate::limits::MACHINES_READ_MAX;
use crate::sqlite::{inventory, names};
use crate::workspace::Workspace;
use crate::{Device, ReadScope, StoreError};

/// Sums over sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoverageSums {
    /// Sessions.
    pub sessions: u64,
    /// Of those, by grade.
    pub by_grade: BTreeMap<Grade, u64>,
    /// Of those, by which sources gave records.
    pub by_sources: BTreeMap<Vec<Source>, u64>,
    /// What capture clients say that they lost of them.
    pub lost: u64,
    /// Numbers that are missing among telemetry's events.
    pub events_missing: u64,
    /// Sessions with such.
    pub sessions_with_gaps: u64,
    /// Sessions that went on after their last hook.
    pub quiet_hooks: u64,
    /// Sessions that telemetry tells of and neither a transcript nor Cowork's audit log.
    pub without_transcript: u64,
}

/// A machine, and what was seen of its sessions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoverageMachine {
    /// Its id, 32 hex digits.
    pub id: String,
    /// As its capture client asked last; `None` for one that only sent records.
    pub device: Option<Device>,
    /// What its owner calls it, as its inventory says.
    pub name: Option<String>,
    /// Sums over its sessions.
    pub sums: CoverageSums,
    /// When one of its sessions last went on, microseconds UTC.
    pub last_session_us: Option<i64>,
    /// Versions of Claude Code in its sessions, with how many.
    pub client_versions: BTreeMap<String, u64>,
    /// What its client lost of no session that it could name, by reason.
    pub lost: Vec<LossSeen>,
}

/// The coverage of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkspaceCoverage {
    /// Over all sessions that the reader may read.
    pub sums: CoverageSums,
    /// By machine, last seen first; none for a reader who is bound: a machine's sessions are not all theirs.
    pub machines: Vec<CoverageMachine>,
}

const TELEMETRY: [Source; 3] = [Source::OtelLog, Source::OtelMetric, Source::OtelSpan];

/// The columns of a group of sessions with one grade and the same sources, from `first` on.
const GROUP: &str = "c.grade, c.sources, count(*), sum(c.lost), sum(c.events_missing), sum(c.events_missing > 0), sum(c.hooks_quiet > 0)";

impl CoverageSums {
    fn add(&mut self, row: &Row<'_>, first: usize) -> rusqlite::Result<()> {
        let grade = inventory::grade(row.get(first)?);
        let sources = inventory::sources(row.get(first + 1)?);
        let count: u64 = row.get(first + 2)?;
        self.sessions += count;
        self.lost = self.lost.saturating_add(row.get(first + 3)?);
        self.events_missing = self.events_missing.saturating_add(row.get(first + 4)?);
        self.sessions_with_gaps += row.get::<_, u64>(first + 5)?;
        self.quiet_hooks += row.get::<_, u64>(first + 6)?;
        let is_metered = sources.iter().any(|source| TELEMETRY.contains(source));
        let is_written_down =
            |source: &Source| matches!(source, Source::Transcript | Source::CoworkAudit);
        if is_metered && !sources.iter().any(is_written_down) {
            self.without_transcript += count;
        }
        *self.by_grade.entry(grade).or_default() += count;
        *self.by_sources.entry(sources).or_default() += count;
        Ok(())
    }
}

impl Workspace {
    /// How much was seen of the sessions that a reader may read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn coverage(&self, scope: &ReadScope) -> Result<WorkspaceCoverage, StoreError> {
        let sums = self.read(|connection| sums(connection, scope))?;
        let machines = if *scope == ReadScope::all() {
            self.machines_coverage()?
        } else {
            Vec::new()
        };
        Ok(WorkspaceCoverage { sums, machines })
    }

    fn machines_coverage(&self) -> Result<Vec<CoverageMachine>, StoreError> {
        let mut machines: BTreeMap<String, CoverageMachine> = BTreeMap::new();
        for device in self.devices(&ReadScope::all(), MACHINES_READ_MAX)? {
            let id = device.id.clone();
            machines.entry(id).or_default().device = Some(device);
        }
        for (_, id, machine) in self.all_machines(MACHINES_READ_MAX)? {
            let held = machines.entry(id).or_default();
            held.name = machine.name;
            held.lost = machine.lost;
        }
        self.read(|connection| add_sessions(connection, &mut machines))?;
        let mut machines: Vec<CoverageMachine> = machines
            .into_iter()
            .map(|(id, machine)| CoverageMachine { id, ..machine })
            .collect();
        machines.sort_by_key(|machine| {
            let asked = machine.device.as_ref().map(|device| device.last_seen_at_us);
            std::cmp::Reverse(asked.max(machine.last_session_us))
        });
        machines.truncate(MACHINES_READ_MAX);
        Ok(machines)
    }
}

fn sums(connection: &Connection, scope: &ReadScope) -> Result<CoverageSums, StoreError> {
    let mut values: Vec<Sql> = Vec::new();
    let mut conditions = scope.conditions("c.session", &mut |value| {
        values.push(value);
        format!("?{}", values.len())
    });
    conditions.push("s.listed = 1".to_owned());
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {GROUP} FROM session_coverage c JOIN sessions s ON s.n = c.session WHERE {} GROUP BY c.grade, c.sources",
        conditions.join(" AND ")
    ))?;
    let mut rows = statement.query(params_from_iter(&values))?;
    let mut sums = CoverageSums::default();
    while let Some(row) = rows.next()? {
        sums.add(row, 0)?;
    }
    Ok(sums)
}

fn add_sessions(
    connection: &Connection,
    machines: &mut BTreeMap<String, CoverageMachine>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT lower(hex(d.device)), max(s.ended_at_us), {GROUP} FROM session_coverage c
         JOIN session_devices d ON d.session = c.session JOIN sessions s ON s.n = c.session
         WHERE s.listed = 1 GROUP BY d.device, c.grade, c.sources",
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let machine = machines.entry(row.get(0)?).or_default();
        machine.last_session_us = machine.last_session_us.max(row.get(1)?);
        machine.sums.add(row, 2)?;
    }
    let version = names::number(Key::Version).unwrap_or(0);
    let mut statement = connection.prepare_cached(
        "SELECT lower(hex(d.device)), x.name, count(*) FROM session_devices d JOIN sessions s ON s.n = d.session
         JOIN session_names x ON x.session = d.session AND x.kind = ?1 WHERE s.listed = 1 GROUP BY d.device, x.name",
    )?;
    let mut rows = statement.query([version])?;
    while let Some(row) = rows.next()? {
        let machine = machines.entry(row.get(0)?).or_default();
        machine.client_versions.insert(row.get(1)?, row.get(2)?);
    }
    Ok(())
}

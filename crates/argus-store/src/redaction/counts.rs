//! What redaction did, counted: a projection with a few rows for each record of which there is something to count.

use std::collections::BTreeMap;

use argus_session::RecordId;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};

use super::Tally;
use crate::sqlite::projections::DAY_US;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// Counts of a span of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RedactionCounts {
    /// Replacements, by day and type.
    pub kinds: Vec<KindCount>,
    /// Records whose content was dropped, by day and reason.
    pub failures: Vec<FailureCount>,
    /// All records that have a content, by the version of the rules under which they were looked through last, oldest first.
    pub versions: Vec<VersionCount>,
    /// How many of those stand under older rules than the ones in force.
    pub records_behind: u64,
}

/// Replacements of one type on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KindCount {
    /// Days since 1970, UTC.
    pub day: i64,
    /// The type.
    pub kind: String,
    /// Replacements.
    pub count: u64,
    /// Sessions in which they are.
    pub sessions: u64,
}

/// Contents dropped for one reason on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureCount {
    /// Days since 1970, UTC.
    pub day: i64,
    /// The reason.
    pub reason: String,
    /// Records.
    pub count: u64,
}

/// Records under one version of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VersionCount {
    /// The version.
    pub version: u32,
    /// Records.
    pub records: u64,
}

/// What redaction did in one session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SessionRedactions {
    /// Replacements by type.
    pub kinds: BTreeMap<String, u64>,
    /// Records whose content was dropped.
    pub dropped: u64,
}

impl Workspace {
    /// What redaction did from one day to another, both included, in the sessions that `scope` lets its reader read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn redaction_counts(
        &self,
        from_us: i64,
        to_us: i64,
        scope: &ReadScope,
    ) -> Result<RedactionCounts, StoreError> {
        let in_force = self.redactor().rule_set().version;
        self.read(|connection| {
            let rows = by_day(
                connection,
                from_us.div_euclid(DAY_US),
                to_us.div_euclid(DAY_US),
                scope,
            )?;
            let mut counts = RedactionCounts {
                versions: by_version(connection)?,
                ..RedactionCounts::default()
            };
            counts.records_behind = counts
                .versions
                .iter()
                .filter(|of| of.version < in_force)
                .map(|of| of.records)
                .sum();
            for (is_failure, day, kind, count, sessions) in rows {
                if is_failure {
                    counts.failures.push(FailureCount {
                        day,
                        reason: kind,
                        count,
                    });
                } else {
                    counts.kinds.push(KindCount {
                        day,
                        kind,
                        count,
                        sessions,
                    });
                }
            }
            Ok(counts)
        })
    }

    /// What redaction did in a session.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn session_redactions(&self, session_id: &str) -> Result<SessionRedactions, StoreError> {
        self.read(|connection| {
            match crate::sqlite::records::known_session(connection, session_id)? {
                Some(session) => of_session(connection, session),
                None => Ok(SessionRedactions::default()),
            }
        })
    }
}

type DayRow = (bool, i64, String, u64, u64);

fn by_day(
    connection: &Connection,
    from: i64,
    to: i64,
    scope: &ReadScope,
) -> Result<Vec<DayRow>, StoreError> {
    let mut values = vec![Sql::Integer(from), Sql::Integer(to)];
    let mut conditions = scope.conditions("r.session", &mut |value| {
        values.push(value);
        format!("?{}", values.len())
    });
    conditions.push("r.day BETWEEN ?1 AND ?2".to_owned());
    let sql = format!(
        "SELECT r.is_failure, r.day, r.kind, sum(r.count), count(DISTINCT r.session) FROM redactions r
         WHERE {} GROUP BY r.is_failure, r.day, r.kind ORDER BY r.is_failure, r.day, r.kind",
        conditions.join(" AND ")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(&values), |row| {
        Ok((
            row.get(0)?,
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn by_version(connection: &Connection) -> Result<Vec<VersionCount>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT checked_version, count(*) FROM records WHERE checked_version IS NOT NULL
         GROUP BY checked_version ORDER BY checked_version",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(VersionCount {
            version: row.get(0)?,
            records: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What was counted in a session.
fn of_session(connection: &Connection, session: i64) -> Result<SessionRedactions, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT is_failure, kind, sum(count) FROM redactions WHERE session = ?1 GROUP BY is_failure, kind",
    )?;
    let rows = statement.query_map([session], |row| {
        Ok((
            row.get::<_, bool>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, u64>(2)?,
        ))
    })?;
    let mut found = SessionRedactions::default();
    for row in rows {
        let (is_failure, kind, count) = row?;
        if is_failure {
            found.dropped += count;
        } else {
            found.kinds.insert(kind, count);
        }
    }
    Ok(found)
}

/// A session's rows without their records' numbers, for the canonical dump.
pub(crate) fn rows_of_session(
    connection: &Connection,
    session: i64,
) -> Result<Vec<serde_json::Value>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT is_failure, day, kind, sum(count) FROM redactions WHERE session = ?1
         GROUP BY is_failure, day, kind ORDER BY is_failure, day, kind",
    )?;
    let rows = statement.query_map([session], |row| {
        Ok(serde_json::json!([
            row.get::<_, bool>(0)?,
            row.get::<_, i64>(1)?,
            row.get::<_, String>(2)?,
            row.get::<_, i64>(3)?
        ]))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Writes what is counted of a record, unless another content took its place meanwhile.
pub(crate) fn put(
    connection: &Connection,
    record: RecordId,
    session: i64,
    at_us: i64,
    tally: &Tally,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO redactions (record, is_failure, kind, session, day, count)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM records WHERE id = ?1 AND active = 1)",
    )?;
    let kinds = tally
        .kinds
        .iter()
        .map(|(kind, count)| (false, kind, *count));
    let failure = tally.dropped.iter().map(|reason| (true, reason, 1));
    for (is_failure, kind, count) in kinds.chain(failure) {
        statement.execute(params![
            record,
            is_failure,
            kind,
            session,
            at_us.div_euclid(DAY_US),
            count
        ])?;
    }
    Ok(())
}

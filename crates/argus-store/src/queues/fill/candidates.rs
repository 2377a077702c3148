//! What there is for rules to choose from.

use std::collections::BTreeSet;

use argus_session::filter::Key;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params, params_from_iter};

use super::decide::{Candidate, Run};
use super::{DAY_US, WEEK_US};
use crate::limits::FILL_LOOKED_MAX;
use crate::members::UNASSIGNED;
use crate::sqlite::names;
use crate::{ReadScope, StoreError};

/// How long after its first run a version of a skill is new.
const NEW_US: i64 = 30 * DAY_US;

/// The first runs of each version of a skill that is new at this time.
pub(super) fn runs(
    connection: &Connection,
    skill: Option<&str>,
    sessions: u32,
    scope: &ReadScope,
    now_us: i64,
) -> Result<Vec<Run>, StoreError> {
    let limit = i64::try_from(FILL_LOOKED_MAX).unwrap_or(i64::MAX);
    let mut values = vec![
        skill.map_or(Sql::Null, |skill| Sql::Text(skill.to_owned())),
        Sql::Integer(sessions.into()),
        Sql::Integer(now_us - NEW_US),
        Sql::Integer(limit),
    ];
    let of_scope = also(scope, &mut values);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT name, hash, n, place FROM (
             SELECT k.name AS name, k.hash AS hash, s.n AS n,
                 row_number() OVER version AS place, first_value(s.started_at_us) OVER version AS first_us
             FROM session_skills k JOIN sessions s ON s.n = k.session
             WHERE k.ran = 1 AND s.listed = 1 AND (?1 IS NULL OR k.name = ?1){of_scope}
             WINDOW version AS (PARTITION BY k.name, k.hash ORDER BY s.started_at_us, s.n)
         ) WHERE place <= ?2 AND first_us >= ?3 ORDER BY name, hash, place LIMIT ?4",
    ))?;
    let rows = statement.query_map(params_from_iter(&values), |row| {
        Ok(Run {
            skill: row.get(0)?,
            hash: hex::encode(row.get::<_, Vec<u8>>(1)?),
            session: row.get(2)?,
            place: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A scope as more conditions on the session `s`.
fn also(scope: &ReadScope, values: &mut Vec<Sql>) -> String {
    let conditions = scope.conditions("s.n", &mut |value| {
        values.push(value);
        format!("?{}", values.len())
    });
    conditions
        .iter()
        .map(|condition| format!(" AND {condition}"))
        .collect()
}

/// The sessions that started in a week.
pub(super) fn population(
    connection: &Connection,
    scope: &ReadScope,
    week_us: i64,
) -> Result<Vec<Candidate>, StoreError> {
    let mut values = vec![
        Sql::Integer(week_us),
        Sql::Integer(week_us + WEEK_US),
        names::number(Key::Project).map_or(Sql::Null, Sql::Integer),
        Sql::Text(UNASSIGNED.to_owned()),
    ];
    let of_scope = also(scope, &mut values);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT coalesce((SELECT min(p.name) FROM session_names p WHERE p.session = s.n AND p.kind = ?3), ?4), s.n, k.id
         FROM sessions s JOIN sessions_known k ON k.n = s.n
         WHERE s.listed = 1 AND s.started_at_us >= ?1 AND s.started_at_us < ?2 AND k.id IS NOT NULL{of_scope}",
    ))?;
    let rows = statement.query_map(params_from_iter(&values), |row| {
        Ok(Candidate {
            project: row.get(0)?,
            session: row.get(1)?,
            id: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The projects of which a queue has a sample of a week by this seed.
pub(super) fn drawn_before(
    connection: &Connection,
    queue: &str,
    seed: &str,
    week_us: i64,
) -> Result<BTreeSet<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT project FROM queue_samples WHERE queue = ?1 AND seed = ?2 AND from_us = ?3",
    )?;
    let rows = statement.query_map(params![queue, seed, week_us], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The sessions that a queue has.
pub(super) fn sessions_of(
    connection: &Connection,
    queue: &str,
) -> Result<BTreeSet<i64>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT DISTINCT session FROM queue_items WHERE queue = ?1")?;
    let rows = statement.query_map([queue], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

//! Rows of the projections: sessions, turns, steps, names, links, rollups.

use argus_session::fold::StepOrder;
use rusqlite::{Connection, OptionalExtension, params};

use super::{bits, names};
use crate::StoreError;

/// The projections' tables. Documents are sealed under the session's key; columns hold numbers, ids and names.
pub(crate) const SCHEMA: &str = "
    CREATE TABLE sessions (
        n INTEGER PRIMARY KEY, listed INTEGER NOT NULL, started_at_us INTEGER NOT NULL, ended_at_us INTEGER NOT NULL,
        duration_us INTEGER NOT NULL, cost_nanousd INTEGER NOT NULL, turns INTEGER NOT NULL, steps INTEGER NOT NULL,
        tool_calls INTEGER NOT NULL, errors INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX sessions_started ON sessions (listed, started_at_us, n);
    CREATE INDEX sessions_cost ON sessions (listed, cost_nanousd, n);
    CREATE INDEX sessions_duration ON sessions (listed, duration_us, n);
    CREATE INDEX sessions_errors ON sessions (listed, errors, n);
    CREATE TABLE session_docs (session INTEGER PRIMARY KEY, doc BLOB NOT NULL) STRICT;
    CREATE TABLE session_names (
        kind INTEGER NOT NULL, name TEXT NOT NULL, started_at_us INTEGER NOT NULL, session INTEGER NOT NULL,
        PRIMARY KEY (kind, name, started_at_us, session)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_names_session ON session_names (session, kind, name);
    CREATE TABLE session_links (session INTEGER NOT NULL, kind TEXT NOT NULL, older TEXT NOT NULL, PRIMARY KEY (session, kind, older)) STRICT, WITHOUT ROWID;
    CREATE TABLE turns (n INTEGER PRIMARY KEY, session INTEGER NOT NULL, id TEXT NOT NULL, hash INTEGER NOT NULL, doc BLOB NOT NULL, UNIQUE (session, id)) STRICT;
    CREATE TABLE steps (
        turn INTEGER NOT NULL, grp INTEGER NOT NULL, at_us INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL,
        kind INTEGER NOT NULL, is_error INTEGER NOT NULL, hash INTEGER NOT NULL, doc BLOB NOT NULL,
        PRIMARY KEY (turn, grp, at_us, place, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE step_ids (session INTEGER NOT NULL, id TEXT NOT NULL, turn INTEGER NOT NULL, step TEXT NOT NULL, PRIMARY KEY (session, id)) STRICT, WITHOUT ROWID;
    CREATE INDEX step_ids_turn ON step_ids (turn);
    CREATE TABLE rollup_days (
        day INTEGER NOT NULL, project TEXT NOT NULL, sessions INTEGER NOT NULL, turns INTEGER NOT NULL, steps INTEGER NOT NULL,
        tool_calls INTEGER NOT NULL, errors INTEGER NOT NULL, cost_nanousd INTEGER NOT NULL, PRIMARY KEY (day, project)
    ) STRICT, WITHOUT ROWID;";

/// What a change of the projections' format does: they are made anew from the records when the store is next opened. Steps
/// that use it run before later tables are there: a step after those of [`super::bits`] has to empty `session_bits` as well.
pub(crate) const START_OVER: &str = "
    DELETE FROM sessions; DELETE FROM session_docs; DELETE FROM session_names; DELETE FROM session_links; DELETE FROM turns;
    DELETE FROM steps; DELETE FROM step_ids; DELETE FROM rollup_days; DELETE FROM meta WHERE name = 'projected';";

/// What redaction did to each record that counts: how often by type, or the reason for which its content was dropped.
pub(crate) const REDACTIONS: &str = "
    CREATE TABLE redactions (
        record INTEGER NOT NULL, is_failure INTEGER NOT NULL, kind TEXT NOT NULL, session INTEGER NOT NULL, day INTEGER NOT NULL,
        count INTEGER NOT NULL, PRIMARY KEY (record, is_failure, kind)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX redactions_day ON redactions (is_failure, day, kind, session, count);
    CREATE INDEX redactions_session ON redactions (session, is_failure, kind, count);";

/// Every table above, emptied by a rebuild with those of [`super::inventory`].
pub(crate) const TABLES: [&str; 10] = [
    "session_bits",
    "sessions",
    "session_docs",
    "session_names",
    "session_links",
    "turns",
    "steps",
    "step_ids",
    "rollup_days",
    "redactions",
];

/// The ids of a session's turns.
pub(crate) fn turn_ids(connection: &Connection, session: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT id FROM turns WHERE session = ?1")?;
    let rows = statement.query_map([session], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The columns of a session's row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct SessionColumns {
    pub(crate) listed: bool,
    pub(crate) started_at_us: i64,
    pub(crate) ended_at_us: i64,
    pub(crate) cost_nanousd: i64,
    pub(crate) turns: i64,
    pub(crate) steps: i64,
    pub(crate) tool_calls: i64,
    pub(crate) errors: i64,
}

/// A step's row, its document sealed.
#[derive(Debug)]
pub(crate) struct StepRow {
    pub(crate) order: StepOrder,
    pub(crate) id: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) kind: u8,
    pub(crate) is_error: bool,
    pub(crate) hash: i64,
    /// `None` for one that is held as it is.
    pub(crate) doc: Option<Vec<u8>>,
}

/// What is held of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldStep {
    pub(crate) order: StepOrder,
    pub(crate) id: String,
    pub(crate) hash: i64,
}

pub(crate) fn held_turn(
    connection: &Connection,
    session: i64,
    id: &str,
) -> Result<Option<(i64, i64)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT n, hash FROM turns WHERE session = ?1 AND id = ?2")?
        .query_row(params![session, id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

pub(crate) fn held_steps(connection: &Connection, turn: i64) -> Result<Vec<HeldStep>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT grp, at_us, place, id, hash FROM steps WHERE turn = ?1")?;
    let rows = statement.query_map([turn], |row| {
        Ok(HeldStep {
            order: StepOrder {
                group: row.get(0)?,
                at_us: row.get(1)?,
                place: row.get(2)?,
            },
            id: row.get(3)?,
            hash: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn put_turn(
    connection: &Connection,
    session: i64,
    id: &str,
    hash: i64,
    doc: Option<&[u8]>,
) -> Result<i64, StoreError> {
    if let Some(doc) = doc {
        connection
            .prepare_cached(
                "INSERT INTO turns (session, id, hash, doc) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (session, id) DO UPDATE SET hash = ?3, doc = ?4",
            )?
            .execute(params![session, id, hash, doc])?;
    }
    let held = held_turn(connection, session, id)?;
    held.map(|(n, _)| n).ok_or_else(|| StoreError::Corrupt {
        table: "turns",
        what: "a turn is gone".to_owned(),
    })
}

pub(crate) fn remove_turn(connection: &Connection, turn: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM steps WHERE turn = ?1",
        "DELETE FROM step_ids WHERE turn = ?1",
        "DELETE FROM turns WHERE n = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([turn])?;
    }
    Ok(())
}

pub(crate) fn remove_step(
    connection: &Connection,
    turn: i64,
    step: &HeldStep,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM steps WHERE turn = ?1 AND grp = ?2 AND at_us = ?3 AND place = ?4 AND id = ?5")?
        .execute(params![turn, step.order.group, step.order.at_us, step.order.place, step.id])?;
    connection
        .prepare_cached("DELETE FROM step_ids WHERE turn = ?1 AND step = ?2")?
        .execute(params![turn, step.id])?;
    Ok(())
}

pub(crate) fn put_step(
    connection: &Connection,
    session: i64,
    turn: i64,
    row: &StepRow,
    doc: &[u8],
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO steps (turn, grp, at_us, place, id, kind, is_error, hash, doc)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            turn,
            row.order.group,
            row.order.at_us,
            row.order.place,
            row.id,
            row.kind,
            row.is_error,
            row.hash,
            doc
        ])?;
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO step_ids (session, id, turn, step) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for id in std::iter::once(&row.id).chain(&row.aliases) {
        statement.execute(params![session, id, turn, row.id])?;
    }
    Ok(())
}

pub(crate) fn session_columns(
    connection: &Connection,
    session: i64,
) -> Result<Option<SessionColumns>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT listed, started_at_us, ended_at_us, cost_nanousd, turns, steps, tool_calls, errors FROM sessions WHERE n = ?1",
        )?
        .query_row([session], |row| {
            Ok(SessionColumns {
                listed: row.get(0)?,
                started_at_us: row.get(1)?,
                ended_at_us: row.get(2)?,
                cost_nanousd: row.get(3)?,
                turns: row.get(4)?,
                steps: row.get(5)?,
                tool_calls: row.get(6)?,
                errors: row.get(7)?,
            })
        })
        .optional()?)
}

pub(crate) fn put_session(
    connection: &Connection,
    session: i64,
    columns: &SessionColumns,
    doc: &[u8],
) -> Result<(), StoreError> {
    let held: Option<bool> = connection
        .prepare_cached("SELECT listed FROM sessions WHERE n = ?1")?
        .query_row([session], |row| row.get(0))
        .optional()?;
    if held.unwrap_or(false) != columns.listed {
        bits::put(connection, (names::LISTED, ""), session, columns.listed)?;
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO sessions (n, listed, started_at_us, ended_at_us, duration_us, cost_nanousd, turns, steps, tool_calls, errors)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            session,
            columns.listed,
            columns.started_at_us,
            columns.ended_at_us,
            columns.ended_at_us.saturating_sub(columns.started_at_us),
            columns.cost_nanousd,
            columns.turns,
            columns.steps,
            columns.tool_calls,
            columns.errors,
        ])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO session_docs (session, doc) VALUES (?1, ?2)")?
        .execute(params![session, doc])?;
    Ok(())
}

pub(crate) fn names(
    connection: &Connection,
    session: i64,
    kind: i64,
) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT name FROM session_names WHERE session = ?1 AND kind = ?2 ORDER BY name",
    )?;
    let rows = statement.query_map(params![session, kind], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Replaces a session's names, where they changed.
pub(crate) fn put_names(
    connection: &Connection,
    session: i64,
    started_at_us: i64,
    names: &[(i64, String)],
) -> Result<(), StoreError> {
    let mut held: Vec<(i64, String, i64)> = {
        let mut statement = connection.prepare_cached(
            "SELECT kind, name, started_at_us FROM session_names WHERE session = ?1",
        )?;
        let rows =
            statement.query_map([session], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        rows.collect::<Result<_, _>>()?
    };
    let mut wanted: Vec<(i64, String, i64)> = names
        .iter()
        .map(|(kind, name)| (*kind, name.clone(), started_at_us))
        .collect();
    held.sort_unstable();
    wanted.sort_unstable();
    wanted.dedup();
    for (kind, name, started) in held.iter().filter(|row| wanted.binary_search(row).is_err()) {
        connection
            .prepare_cached("DELETE FROM session_names WHERE kind = ?1 AND name = ?2 AND started_at_us = ?3 AND session = ?4")?
            .execute(params![kind, name, started, session])?;
        if !wanted.iter().any(|row| (row.0, &row.1) == (*kind, name)) {
            bits::put(connection, (*kind, name), session, false)?;
        }
    }
    for (kind, name, started) in wanted.iter().filter(|row| held.binary_search(row).is_err()) {
        connection
            .prepare_cached("INSERT OR IGNORE INTO session_names (kind, name, started_at_us, session) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![kind, name, started, session])?;
        if !held.iter().any(|row| (row.0, &row.1) == (*kind, name)) {
            bits::put(connection, (*kind, name), session, true)?;
        }
    }
    Ok(())
}

pub(crate) fn put_links(
    connection: &Connection,
    session: i64,
    links: &[(String, String)],
) -> Result<(), StoreError> {
    // A copy that is gone links to nothing any more.
    for (kind, older) in links_of(connection, session)? {
        if !links.iter().any(|link| link.0 == kind && link.1 == older) {
            connection
                .prepare_cached(
                    "DELETE FROM session_links WHERE session = ?1 AND kind = ?2 AND older = ?3",
                )?
                .execute(params![session, kind, older])?;
        }
    }
    for (kind, older) in links {
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO session_links (session, kind, older) VALUES (?1, ?2, ?3)",
            )?
            .execute(params![session, kind, older])?;
    }
    Ok(())
}

fn links_of(connection: &Connection, session: i64) -> Result<Vec<(String, String)>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT kind, older FROM session_links WHERE session = ?1")?;
    let rows = statement.query_map([session], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The session that this one follows from, by its smallest link.
pub(crate) fn older_session(
    connection: &Connection,
    session_id: &str,
) -> Result<Option<String>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT l.older FROM session_links l JOIN sessions_known k ON k.n = l.session WHERE k.id = ?1 ORDER BY l.kind, l.older LIMIT 1",
        )?
        .query_row([session_id], |row| row.get(0))
        .optional()?)
}

/// The sessions that follow from this one, as many as `limit` says.
pub(crate) fn younger_sessions(
    connection: &Connection,
    session_id: &str,
    limit: usize,
) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT DISTINCT k.id FROM session_links l JOIN sessions_known k ON k.n = l.session
         WHERE l.older = ?1 AND k.id IS NOT NULL ORDER BY k.id LIMIT ?2",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![session_id, limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Microseconds of a day.
pub(crate) const DAY_US: i64 = 86_400_000_000;

/// Moves a session's share in the rollups from `before` to `after`.
pub(crate) fn roll_up(
    connection: &Connection,
    before: Option<(&SessionColumns, &[String])>,
    after: Option<(&SessionColumns, &[String])>,
) -> Result<(), StoreError> {
    for (share, sign) in [(before, -1), (after, 1)] {
        let Some((columns, projects)) = share.filter(|(columns, _)| columns.listed) else {
            continue;
        };
        for project in projects {
            connection
                .prepare_cached(
                    "INSERT INTO rollup_days (day, project, sessions, turns, steps, tool_calls, errors, cost_nanousd)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                     ON CONFLICT (day, project) DO UPDATE SET sessions = sessions + ?3, turns = turns + ?4, steps = steps + ?5,
                         tool_calls = tool_calls + ?6, errors = errors + ?7, cost_nanousd = cost_nanousd + ?8",
                )?
                .execute(params![
                    columns.started_at_us.div_euclid(DAY_US),
                    project,
                    sign,
                    sign * columns.turns,
                    sign * columns.steps,
                    sign * columns.tool_calls,
                    sign * columns.errors,
                    sign * columns.cost_nanousd,
                ])?;
        }
    }
    // No project's name outlives its sessions.
    if let Some((columns, projects)) = before {
        for project in projects {
            connection
                .prepare_cached(
                    "DELETE FROM rollup_days WHERE day = ?1 AND project = ?2 AND sessions = 0",
                )?
                .execute(params![columns.started_at_us.div_euclid(DAY_US), project])?;
        }
    }
    Ok(())
}

/// Removes a session's projections.
pub(crate) fn remove_session(connection: &Connection, session: i64) -> Result<(), StoreError> {
    let columns = session_columns(connection, session)?;
    let projects = self::names(
        connection,
        session,
        names::number(argus_session::filter::Key::Project).unwrap_or(0),
    )?;
    roll_up(
        connection,
        columns
            .as_ref()
            .map(|columns| (columns, projects.as_slice())),
        None,
    )?;
    put_names(connection, session, 0, &[])?;
    bits::put(connection, (names::LISTED, ""), session, false)?;
    for sql in [
        "DELETE FROM steps WHERE turn IN (SELECT n FROM turns WHERE session = ?1)",
        "DELETE FROM step_ids WHERE session = ?1",
        "DELETE FROM turns WHERE session = ?1",
        "DELETE FROM session_names WHERE session = ?1",
        "DELETE FROM session_links WHERE session = ?1",
        "DELETE FROM session_docs WHERE session = ?1",
        "DELETE FROM redactions WHERE session = ?1",
        "DELETE FROM sessions WHERE n = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([session])?;
    }
    super::inventory::remove(connection, session)
}

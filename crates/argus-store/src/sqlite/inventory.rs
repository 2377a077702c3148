//! Rows of what sessions and machines have: versions of skills, MCP servers, how much of a session was seen.

use argus_session::document::{Coverage, CoverageDetails, Grade, ProcessSeen, ReasonCode};
use argus_session::machine::{Machine, SkillFiles, SkillInReach, SkillState};
use argus_session::{Session, Source};
use rusqlite::{Connection, OptionalExtension, params};

use serde::Serialize;
use serde_json::{Value, json};

use crate::StoreError;

/// The tables. `session` is the number of a session, or of a machine's own items.
pub(crate) const SCHEMA: &str = "
    CREATE TABLE session_skills (
        session INTEGER NOT NULL, name TEXT NOT NULL, hash BLOB NOT NULL, label TEXT, origin TEXT, plugin TEXT,
        ran INTEGER NOT NULL, state INTEGER NOT NULL, first_us INTEGER, last_us INTEGER, PRIMARY KEY (name, hash, session)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_skills_session ON session_skills (session);
    CREATE TABLE session_servers (
        session INTEGER NOT NULL, name TEXT NOT NULL, scope TEXT, transport TEXT, calls INTEGER NOT NULL, last_used_us INTEGER,
        PRIMARY KEY (session, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE session_coverage (
        session INTEGER PRIMARY KEY, grade INTEGER NOT NULL, sources INTEGER NOT NULL, lost INTEGER NOT NULL,
        events_missing INTEGER NOT NULL, hooks_quiet INTEGER NOT NULL, has INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE session_processes (
        session INTEGER NOT NULL, last INTEGER NOT NULL, last_us INTEGER NOT NULL, version TEXT NOT NULL,
        PRIMARY KEY (session, last, last_us, version)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX session_processes_last ON session_processes (last, last_us);
    CREATE TABLE machines (session INTEGER PRIMARY KEY, device BLOB NOT NULL UNIQUE, lost INTEGER NOT NULL, doc BLOB NOT NULL) STRICT;
    CREATE TABLE skill_files (
        session INTEGER NOT NULL, name TEXT NOT NULL, hash BLOB NOT NULL, label TEXT, body_hash BLOB, files INTEGER NOT NULL,
        bytes INTEGER NOT NULL, at_us INTEGER, record INTEGER NOT NULL, PRIMARY KEY (session, name, hash)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX skill_files_version ON skill_files (name, hash, session);";

/// Every table above.
pub(crate) const TABLES: [&str; 6] = [
    "session_skills",
    "session_servers",
    "session_coverage",
    "session_processes",
    "machines",
    "skill_files",
];

/// The number of a grade. Of a projection: it may change with the next format.
pub(crate) fn grade_number(grade: Grade) -> i64 {
    grade as i64
}

/// The grade with this number.
pub(crate) fn grade(number: i64) -> Grade {
    let found = Grade::ALL
        .into_iter()
        .find(|grade| grade_number(*grade) == number);
    found.unwrap_or_default()
}

/// The state with this number.
pub(crate) fn state(number: i64) -> SkillState {
    let found = SkillState::ALL
        .into_iter()
        .find(|state| *state as i64 == number);
    found.unwrap_or_default()
}

/// Sources as bits.
pub(crate) fn source_bits(sources: impl IntoIterator<Item = Source>) -> i64 {
    let bits = sources.into_iter().map(|source| 1_i64 << source.number());
    bits.fold(0, |all, bit| all | bit)
}

/// The sources that bits stand for.
pub(crate) fn sources(bits: i64) -> Vec<Source> {
    Source::ALL
        .into_iter()
        .filter(|source| bits & (1 << source.number()) != 0)
        .collect()
}

fn bytes(hash: &str) -> Vec<u8> {
    hex::decode(hash).unwrap_or_default()
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// An MCP server that a session saw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ServerRow {
    pub(crate) name: String,
    pub(crate) scope: Option<String>,
    pub(crate) transport: Option<String>,
    pub(crate) calls: u64,
    pub(crate) last_used_us: Option<i64>,
}

/// The servers of a session, as its head has them.
pub(crate) fn servers_of(head: &Session) -> Vec<ServerRow> {
    head.mcp_servers
        .iter()
        .map(|server| ServerRow {
            name: server.name.clone(),
            scope: server.scope.clone(),
            transport: server.transport.clone(),
            calls: server.calls,
            last_used_us: server.last_used_at,
        })
        .collect()
}

/// What a session's rows say.
#[derive(Debug, Default)]
pub(crate) struct SessionRows {
    pub(crate) skills: Vec<SkillInReach>,
    pub(crate) servers: Vec<ServerRow>,
    pub(crate) coverage: Coverage,
    /// A fingerprint of skills and servers, by which rows are known that are held as they are.
    pub(crate) has: i64,
}

/// Replaces what a session's rows say, where it changed.
pub(crate) fn put_session(
    connection: &Connection,
    session: i64,
    rows: &SessionRows,
) -> Result<(), StoreError> {
    let held: Option<i64> = connection
        .prepare_cached("SELECT has FROM session_coverage WHERE session = ?1")?
        .query_row([session], |row| row.get(0))
        .optional()?;
    if held != Some(rows.has) {
        put_things(connection, session, rows)?;
    }
    let count = |code| {
        let reasons = &rows.coverage.reasons;
        let reason = reasons.iter().find(|reason| reason.code == code);
        reason.map_or(0, |reason| number(reason.count))
    };
    put_processes(connection, session, rows.coverage.details.as_deref())?;
    let details = rows.coverage.details.iter();
    let witnesses = details.flat_map(|details| &details.witnesses);
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO session_coverage (session, grade, sources, lost, events_missing, hooks_quiet, has)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            session,
            grade_number(rows.coverage.grade),
            source_bits(witnesses.map(|witness| witness.source)),
            count(ReasonCode::Lost),
            count(ReasonCode::EventsMissing),
            count(ReasonCode::HooksQuiet),
            rows.has,
        ])?;
    Ok(())
}

/// Where the events of each process end: by that, what goes on under another session's id is known.
fn put_processes(
    connection: &Connection,
    session: i64,
    details: Option<&CoverageDetails>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM session_processes WHERE session = ?1")?
        .execute([session])?;
    let mut statement = connection.prepare_cached(
        "INSERT OR IGNORE INTO session_processes (session, last, last_us, version) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for process in details.iter().flat_map(|details| &details.processes) {
        let version = process.version.as_deref().unwrap_or_default();
        let last_us = process.last_at.unwrap_or(0);
        statement.execute(params![session, number(process.last), last_us, version])?;
    }
    Ok(())
}

/// Longest time between an event under one session's id and the next of the same process under another's, microseconds.
const APART_US_MAX: i64 = 10 * 60 * 1_000_000;

/// True when the events before this process' first stand under another session's id.
pub(crate) fn goes_on(
    connection: &Connection,
    session: i64,
    process: &ProcessSeen,
) -> Result<bool, StoreError> {
    let (Some(before), Some(at)) = (process.first.checked_sub(1), process.first_at) else {
        return Ok(false);
    };
    let version = process.version.as_deref().unwrap_or_default();
    Ok(connection
        .prepare_cached(
            "SELECT 1 FROM session_processes WHERE last = ?1 AND last_us BETWEEN ?2 AND ?3 AND version = ?4 AND session <> ?5",
        )?
        .exists(params![number(before), at.saturating_sub(APART_US_MAX), at, version, session])?)
}

fn put_things(connection: &Connection, session: i64, rows: &SessionRows) -> Result<(), StoreError> {
    remove(connection, session)?;
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO session_skills (session, name, hash, label, origin, plugin, ran, state, first_us, last_us)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?;
    for skill in &rows.skills {
        statement.execute(params![
            session,
            skill.name,
            bytes(&skill.hash),
            skill.label,
            skill.origin,
            skill.plugin,
            skill.ran,
            skill.state as i64,
            skill.first_us,
            skill.last_us
        ])?;
    }
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO session_servers (session, name, scope, transport, calls, last_used_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for server in &rows.servers {
        statement.execute(params![
            session,
            server.name,
            server.scope,
            server.transport,
            number(server.calls),
            server.last_used_us
        ])?;
    }
    Ok(())
}

/// Replaces what a machine's rows say.
pub(crate) fn put_machine(
    connection: &Connection,
    session: i64,
    device: &[u8],
    machine: &Machine,
    doc: &[u8],
    files: &[SkillFiles],
) -> Result<(), StoreError> {
    remove(connection, session)?;
    let lost = machine
        .lost
        .iter()
        .fold(0_u64, |sum, loss| sum.saturating_add(loss.count));
    connection
        .prepare_cached(
            "INSERT INTO machines (session, device, lost, doc) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![session, device, number(lost), doc])?;
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO skill_files (session, name, hash, label, body_hash, files, bytes, at_us, record)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for of in files {
        statement.execute(params![
            session,
            of.name,
            bytes(&of.hash),
            of.label,
            of.body_hash.as_deref().map(bytes),
            number(of.files),
            number(of.bytes),
            of.at_us,
            of.record
        ])?;
    }
    Ok(())
}

/// Removes what a session's or a machine's rows say.
pub(crate) fn remove(connection: &Connection, session: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM session_skills WHERE session = ?1",
        "DELETE FROM session_servers WHERE session = ?1",
        "DELETE FROM session_coverage WHERE session = ?1",
        "DELETE FROM session_processes WHERE session = ?1",
        "DELETE FROM machines WHERE session = ?1",
        "DELETE FROM skill_files WHERE session = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([session])?;
    }
    Ok(())
}

/// What the rows of a session say, for the canonical dump.
pub(crate) fn dump_session(connection: &Connection, session: i64) -> Result<Value, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT name, lower(hex(hash)), label, origin, plugin, ran, state, first_us, last_us FROM session_skills
         WHERE session = ?1 ORDER BY name, hash",
    )?;
    let skills = statement.query_map([session], |row| {
        Ok(json!([
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, Option<String>>(2)?,
            row.get::<_, Option<String>>(3)?,
            row.get::<_, Option<String>>(4)?,
            row.get::<_, bool>(5)?,
            row.get::<_, i64>(6)?,
            row.get::<_, Option<i64>>(7)?,
            row.get::<_, Option<i64>>(8)?
        ]))
    })?;
    let skills: Vec<Value> = skills.collect::<Result<_, _>>()?;
    let mut statement = connection.prepare_cached(
        "SELECT name, scope, transport, calls, last_used_us FROM session_servers WHERE session = ?1 ORDER BY name",
    )?;
    let servers = statement.query_map([session], |row| {
        Ok(json!([
            row.get::<_, String>(0)?,
            row.get::<_, Option<String>>(1)?,
            row.get::<_, Option<String>>(2)?,
            row.get::<_, i64>(3)?,
            row.get::<_, Option<i64>>(4)?
        ]))
    })?;
    let servers: Vec<Value> = servers.collect::<Result<_, _>>()?;
    let coverage = connection
        .prepare_cached("SELECT grade, sources, lost, events_missing, hooks_quiet FROM session_coverage WHERE session = ?1")?
        .query_row([session], |row| {
            Ok(json!([
                row.get::<_, i64>(0)?,
                row.get::<_, i64>(1)?,
                row.get::<_, i64>(2)?,
                row.get::<_, i64>(3)?,
                row.get::<_, i64>(4)?
            ]))
        })
        .optional()?;
    Ok(json!({"skills": skills, "servers": servers, "coverage": coverage}))
}

/// The versions of skills of which a machine told the files, for the canonical dump.
pub(crate) fn dump_files(connection: &Connection, session: i64) -> Result<Vec<Value>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT name, lower(hex(hash)), label, lower(hex(body_hash)), files, bytes, at_us FROM skill_files WHERE session = ?1 ORDER BY name, hash",
    )?;
    let rows = statement.query_map([session], |row| {
        Ok(json!([
            row.get::<_, String>(0)?,
            row.get::<_, String>(1)?,
            row.get::<_, Option<String>>(2)?,
            row.get::<_, Option<String>>(3)?,
            row.get::<_, i64>(4)?,
            row.get::<_, i64>(5)?,
            row.get::<_, Option<i64>>(6)?
        ]))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

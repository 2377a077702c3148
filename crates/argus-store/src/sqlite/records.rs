//! Rows of the truth: records, leaves, bodies, acts, what was erased.

use std::collections::{HashMap, HashSet};

use argus_ledger::{Frontier, Leaf};
use argus_session::{ContentRank, Record, RecordId, Source};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

use crate::devices::DeviceId;
use crate::key_ring::IdHash;
use crate::{Delivery, ReadScope, StoreError};

/// What is written of a record.
pub(crate) struct NewRow<'a> {
    pub(crate) id: RecordId,
    pub(crate) record: &'a Record,
    pub(crate) content: &'a IdHash,
    pub(crate) is_active: bool,
    pub(crate) session: i64,
    pub(crate) delivery: i64,
    pub(crate) received_at_us: i64,
    pub(crate) is_dropped: bool,
    pub(crate) is_content_off: bool,
    pub(crate) sealed: Option<&'a [u8]>,
    pub(crate) blob: Option<&'a str>,
}

/// A content that is held under a natural key.
pub(crate) struct HeldContent {
    pub(crate) content: IdHash,
    pub(crate) rule_version: u32,
}

impl HeldContent {
    pub(crate) fn rank(&self) -> ContentRank {
        let mut hash = [0; 32];
        hash[..16].copy_from_slice(&self.content);
        ContentRank {
            rule_version: self.rule_version,
            hash,
        }
    }
}

/// A record's row with its body, still sealed.
pub(crate) struct StoredRow {
    pub(crate) id: RecordId,
    pub(crate) natural_key: IdHash,
    pub(crate) content: IdHash,
    pub(crate) rule_version: u32,
    pub(crate) source: u8,
    pub(crate) session: i64,
    pub(crate) at_us: Option<i64>,
    pub(crate) received_at_us: i64,
    pub(crate) delivery: i64,
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) blob: Option<String>,
}

pub(crate) fn contents_of(
    connection: &Connection,
    natural_key: &IdHash,
) -> Result<Vec<HeldContent>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT content, rule_version FROM records WHERE natural_key = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([natural_key.as_slice()], |row| {
        Ok(HeldContent {
            content: hash(row, 0)?,
            rule_version: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn deactivate(connection: &Connection, natural_key: &IdHash) -> Result<(), StoreError> {
    // What was counted of a record counts no more with it.
    for sql in [
        "DELETE FROM redactions WHERE record IN (SELECT id FROM records WHERE natural_key = ?1)",
        "UPDATE records SET active = 0 WHERE natural_key = ?1",
    ] {
        connection
            .prepare_cached(sql)?
            .execute([natural_key.as_slice()])?;
    }
    Ok(())
}

pub(crate) fn insert(connection: &Connection, row: &NewRow<'_>) -> Result<(), StoreError> {
    let record = row.record;
    connection
        .prepare_cached(
            "INSERT INTO records (id, natural_key, content, rule_version, active, source, session, at_us, received_at_us, delivery, dropped, checked_version, content_off)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?4, ?12)",
        )?
        .execute(params![
            row.id,
            record.natural_key.as_slice(),
            row.content.as_slice(),
            record.rank.rule_version,
            row.is_active,
            record.source.number(),
            row.session,
            record.at_us,
            row.received_at_us,
            row.delivery,
            row.is_dropped,
            row.is_content_off,
        ])?;
    connection
        .prepare_cached("INSERT INTO bodies (record, sealed, blob) VALUES (?1, ?2, ?3)")?
        .execute(params![row.id, row.sealed, row.blob])?;
    Ok(())
}

pub(crate) fn insert_leaf(
    connection: &Connection,
    id: RecordId,
    leaf: &Leaf,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO leaves (id, leaf) VALUES (?1, ?2)")?
        .execute(params![id, leaf.encode().as_slice()])?;
    Ok(())
}

pub(crate) fn insert_shared(
    connection: &Connection,
    hash: &IdHash,
    sealed: &[u8],
    session: i64,
    rule_version: u32,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO shared_bodies (hash, sealed) VALUES (?1, ?2)")?
        .execute(params![hash.as_slice(), sealed])?;
    connection
        .prepare_cached("INSERT OR IGNORE INTO shared_refs (hash, session) VALUES (?1, ?2)")?
        .execute(params![hash.as_slice(), session])?;
    keep_part(connection, hash, rule_version)
}

/// Removes what a session has of what is kept once per workspace: the part itself goes with the last session that has it.
pub(crate) fn remove_shared_of(connection: &Connection, session: i64) -> Result<(), StoreError> {
    connection.execute(
        "DELETE FROM shared_bodies WHERE hash IN (
             SELECT r.hash FROM shared_refs r WHERE r.session = ?1
             AND NOT EXISTS (SELECT 1 FROM shared_refs o WHERE o.hash = r.hash AND o.session <> ?1))",
        [session],
    )?;
    connection.execute("DELETE FROM shared_refs WHERE session = ?1", [session])?;
    connection.execute(
        "DELETE FROM shared_parts WHERE hash NOT IN (SELECT hash FROM shared_bodies)",
        [],
    )?;
    Ok(())
}

/// Notes which device sent a record of a session, and of which session a record of it is a copy.
pub(crate) fn note_origin(
    connection: &Connection,
    session: i64,
    device: Option<&DeviceId>,
    fork_of: Option<&IdHash>,
) -> Result<(), StoreError> {
    if let Some(device) = device {
        connection
            .prepare_cached(
                "INSERT OR IGNORE INTO session_devices (session, device) VALUES (?1, ?2)",
            )?
            .execute(params![session, device.as_slice()])?;
    }
    if let Some(of) = fork_of {
        connection
            .prepare_cached("INSERT OR IGNORE INTO session_forks (of, session) VALUES (?1, ?2)")?
            .execute(params![of.as_slice(), session])?;
    }
    Ok(())
}

/// The record with this content, if it is held under the natural key.
pub(crate) fn content_id(
    connection: &Connection,
    natural_key: &IdHash,
    content: &IdHash,
) -> Result<Option<RecordId>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id FROM records WHERE natural_key = ?1 AND content = ?2")?
        .query_row(params![natural_key.as_slice(), content.as_slice()], |row| {
            row.get(0)
        })
        .optional()?)
}

/// Notes that a record under these rules refers to a shared part.
pub(crate) fn keep_part(
    connection: &Connection,
    hash: &IdHash,
    rule_version: u32,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO shared_parts (hash, kept_version, superseded) VALUES (?1, ?2, 0)
             ON CONFLICT (hash) DO UPDATE SET kept_version = ?2 WHERE kept_version < ?2",
        )?
        .execute(params![hash.as_slice(), rule_version])?;
    Ok(())
}

pub(crate) fn shared_body(
    connection: &Connection,
    hash: &IdHash,
) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT sealed FROM shared_bodies WHERE hash = ?1")?
        .query_row([hash.as_slice()], |row| row.get(0))
        .optional()?)
}

/// The number of a session, given at its first record.
pub(crate) fn session_number(
    connection: &Connection,
    id: &str,
    hash: &IdHash,
) -> Result<i64, StoreError> {
    let found = connection
        .prepare_cached("SELECT n FROM sessions_known WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?;
    if let Some(n) = found {
        return Ok(n);
    }
    connection
        .prepare_cached("INSERT INTO sessions_known (id, hash) VALUES (?1, ?2)")?
        .execute(params![id, hash.as_slice()])?;
    Ok(connection.last_insert_rowid())
}

/// The number of a session that is known.
pub(crate) fn known_session(connection: &Connection, id: &str) -> Result<Option<i64>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT n FROM sessions_known WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

pub(crate) fn insert_delivery(
    connection: &Connection,
    delivery: &Delivery,
) -> Result<i64, StoreError> {
    connection.execute(
        "INSERT INTO deliveries (projects, key_id, user) VALUES (?1, ?2, ?3)",
        params![
            serde_json::json!(delivery.projects).to_string(),
            delivery.key_id,
            delivery.user
        ],
    )?;
    Ok(connection.last_insert_rowid())
}

pub(crate) fn deliveries(connection: &Connection) -> Result<HashMap<Delivery, i64>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT n, projects, key_id, user FROM deliveries")?;
    let rows = statement.query_map([], |row| {
        Ok((
            row.get::<_, i64>(0)?,
            row.get::<_, String>(1)?,
            row.get(2)?,
            row.get(3)?,
        ))
    })?;
    rows.map(|row| {
        let (n, projects, key_id, user) = row?;
        let projects = serde_json::from_str(&projects).map_err(|_| StoreError::Corrupt {
            table: "deliveries",
            what: "projects".to_owned(),
        })?;
        Ok((
            Delivery {
                projects,
                key_id,
                user,
            },
            n,
        ))
    })
    .collect()
}

const STORED: &str = "SELECT r.id, r.natural_key, r.content, r.rule_version, r.source, r.session, r.at_us, r.received_at_us,
            r.delivery, b.sealed, b.blob
     FROM records r LEFT JOIN bodies b ON b.record = r.id";

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredRow> {
    Ok(StoredRow {
        id: row.get(0)?,
        natural_key: hash(row, 1)?,
        content: hash(row, 2)?,
        rule_version: row.get(3)?,
        source: row.get(4)?,
        session: row.get(5)?,
        at_us: row.get(6)?,
        received_at_us: row.get(7)?,
        delivery: row.get(8)?,
        sealed: row.get(9)?,
        blob: row.get(10)?,
    })
}

/// One record.
pub(crate) fn one(connection: &Connection, id: RecordId) -> Result<Option<StoredRow>, StoreError> {
    Ok(connection
        .prepare_cached(&format!("{STORED} WHERE r.id = ?1"))?
        .query_row([id], stored)
        .optional()?)
}

/// The active records after `after`, up to `limit` of them.
pub(crate) fn after(
    connection: &Connection,
    after: i64,
    limit: usize,
) -> Result<Vec<StoredRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{STORED} WHERE r.id > ?1 AND r.active = 1 ORDER BY r.id LIMIT ?2"
    ))?;
    let rows = statement.query_map(
        params![after, i64::try_from(limit).unwrap_or(i64::MAX)],
        stored,
    )?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The active records before `before` that `scope` lets a reader read, newest first, up to `limit` of them.
pub(crate) fn before(
    connection: &Connection,
    before: i64,
    limit: usize,
    scope: &ReadScope,
) -> Result<Vec<StoredRow>, StoreError> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut values = vec![Sql::Integer(before), Sql::Integer(limit)];
    let mut conditions = scope.conditions("r.session", &mut |value| {
        values.push(value);
        format!("?{}", values.len())
    });
    conditions.push("r.id < ?1 AND r.active = 1".to_owned());
    let conditions = conditions.join(" AND ");
    let mut statement = connection.prepare_cached(&format!(
        "{STORED} WHERE {conditions} ORDER BY r.id DESC LIMIT ?2"
    ))?;
    let rows = statement.query_map(params_from_iter(&values), stored)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// True of a record that another content under its natural key was superseded by.
pub(crate) fn took_place(connection: &Connection, row: &StoredRow) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM records WHERE natural_key = ?1 AND superseded_by = ?2")?
        .exists(params![row.natural_key.as_slice(), row.id])?)
}

/// The records of a session that still have their content, those that count first, up to `limit` of them.
pub(crate) fn with_content(
    connection: &Connection,
    session: i64,
    limit: usize,
) -> Result<Vec<StoredRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{STORED} WHERE r.session = ?1 AND r.content_off = 0 AND b.record IS NOT NULL ORDER BY r.active DESC, r.id LIMIT ?2"
    ))?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![session, limit], stored)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A session's records of one source from `from` on that have a body, oldest first, up to `limit`.
pub(crate) fn of_source(
    connection: &Connection,
    session: i64,
    source: Source,
    from: RecordId,
    limit: usize,
) -> Result<Vec<StoredRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{STORED} WHERE r.session = ?1 AND r.source = ?2 AND r.id >= ?3 AND b.record IS NOT NULL ORDER BY r.id LIMIT ?4"
    ))?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![session, source.number(), from, limit], stored)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Records after `after` that were looked through under older rules than `version` only, oldest first, up to `limit`.
pub(crate) fn behind(
    connection: &Connection,
    version: u32,
    after: i64,
    limit: usize,
) -> Result<Vec<StoredRow>, StoreError> {
    // The plus keeps the order of numbers, in which the next ones are found without sorting.
    let mut statement = connection.prepare_cached(&format!(
        "{STORED} WHERE +r.checked_version < ?1 AND r.id > ?2 ORDER BY r.id LIMIT ?3"
    ))?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = statement.query_map(params![version, after, limit], stored)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// How many those are.
pub(crate) fn count_behind(connection: &Connection, version: u32) -> Result<u64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT count(*) FROM records WHERE checked_version < ?1")?
        .query_row([version], |row| row.get(0))?)
}

/// Marks a shared part in which a rescan found something.
pub(crate) fn mark_part(connection: &Connection, hash: &IdHash) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO shared_parts (hash, kept_version, superseded) VALUES (?1, 0, 1)
             ON CONFLICT (hash) DO UPDATE SET superseded = 1",
        )?
        .execute([hash.as_slice()])?;
    Ok(())
}

/// Destroys the marked parts to which no record under these rules refers.
pub(crate) fn remove_marked_parts(
    connection: &Connection,
    rule_version: u32,
) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM shared_bodies WHERE hash IN (SELECT hash FROM shared_parts WHERE superseded = 1 AND kept_version < ?1)",
        "DELETE FROM shared_refs WHERE hash IN (SELECT hash FROM shared_parts WHERE superseded = 1 AND kept_version < ?1)",
        "DELETE FROM shared_parts WHERE superseded = 1 AND kept_version < ?1",
    ] {
        connection.execute(sql, [rule_version])?;
    }
    connection.execute(
        "UPDATE shared_parts SET superseded = 0 WHERE superseded = 1",
        [],
    )?;
    Ok(())
}

/// Records whose bodies were destroyed by rescans and that no act has told of yet.
pub(crate) fn superseded_unsaid(connection: &Connection) -> Result<u64, StoreError> {
    let bytes = meta(connection, "superseded_unsaid")?;
    Ok(bytes
        .and_then(|bytes| bytes.try_into().ok())
        .map_or(0, u64::from_be_bytes))
}

pub(crate) fn set_superseded_unsaid(connection: &Connection, count: u64) -> Result<(), StoreError> {
    set_meta(connection, "superseded_unsaid", &count.to_be_bytes())
}

/// Calls `each` with every active record of a session up to `until`.
pub(crate) fn of_session(
    connection: &Connection,
    session: i64,
    until: i64,
    each: &mut dyn FnMut(StoredRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "{STORED} WHERE r.session = ?1 AND r.id <= ?2 AND r.active = 1 ORDER BY r.id"
    ))?;
    let mut rows = statement.query(params![session, until])?;
    while let Some(row) = rows.next()? {
        each(stored(row)?)?;
    }
    Ok(())
}

/// A content of a record that is held, and whether it was there when another record was the newest.
pub(crate) struct HeldThen {
    pub(crate) id: RecordId,
    pub(crate) natural_key: IdHash,
    pub(crate) held: HeldContent,
    /// The newest rules that looked at it.
    pub(crate) checked_version: u32,
    pub(crate) was_there: bool,
}

/// Every content of a session that nothing was put in the place of; one that was put in the place of others, as a rescan does, was
/// there since the first of those was.
pub(crate) fn held_then(
    connection: &Connection,
    session: i64,
    newest: RecordId,
) -> Result<Vec<HeldThen>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT r.id, r.natural_key, r.rule_version, r.content, r.id <= ?2 OR EXISTS (
             WITH RECURSIVE came (id, natural_key) AS (
                 SELECT r.id, r.natural_key
                 UNION
                 SELECT b.id, b.natural_key FROM came
                 JOIN records b ON b.natural_key = came.natural_key AND b.superseded_by = came.id
             )
             SELECT 1 FROM came WHERE id <= ?2),
             max(r.rule_version, coalesce(r.checked_version, 0))
         FROM records r WHERE r.session = ?1 AND r.superseded_by IS NULL",
    )?;
    let rows = statement.query_map(params![session, newest], |row| {
        Ok(HeldThen {
            id: row.get(0)?,
            natural_key: hash(row, 1)?,
            held: HeldContent {
                rule_version: row.get(2)?,
                content: hash(row, 3)?,
            },
            was_there: row.get(4)?,
            checked_version: row.get(5)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest record's number, or -1.
pub(crate) fn newest_record(connection: &Connection) -> Result<i64, StoreError> {
    Ok(
        connection.query_row("SELECT coalesce(max(id), -1) FROM records", [], |row| {
            row.get(0)
        })?,
    )
}

pub(crate) fn session_of(
    connection: &Connection,
    n: i64,
) -> Result<Option<(Option<String>, IdHash)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id, hash FROM sessions_known WHERE n = ?1")?
        .query_row([n], |row| Ok((row.get(0)?, hash(row, 1)?)))
        .optional()?)
}

pub(crate) fn frontier(connection: &Connection) -> Result<Frontier, StoreError> {
    match meta(connection, "frontier")? {
        Some(bytes) => Frontier::from_bytes(&bytes).map_err(|error| StoreError::Corrupt {
            table: "meta",
            what: error.to_string(),
        }),
        None => Ok(Frontier::default()),
    }
}

/// Stores the tree's frontier, and the roots of the subtrees that are whole since: see [`super::tree`].
pub(crate) fn set_frontier(connection: &Connection, frontier: &Frontier) -> Result<(), StoreError> {
    set_meta(connection, "frontier", &frontier.to_bytes())?;
    super::tree::complete(connection, frontier.size())
}

pub(crate) fn meta(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

pub(crate) fn set_meta(
    connection: &Connection,
    name: &str,
    value: &[u8],
) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2")?
        .execute(params![name, value])?;
    Ok(())
}

pub(crate) fn suppressed(connection: &Connection) -> Result<HashSet<IdHash>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT hash FROM suppressed")?;
    let rows = statement.query_map([], |row| hash(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn blob_names(connection: &Connection) -> Result<HashSet<String>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT blob FROM bodies WHERE blob IS NOT NULL")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn hash(row: &Row<'_>, column: usize) -> rusqlite::Result<IdHash> {
    let bytes: Vec<u8> = row.get(column)?;
    bytes.try_into().map_err(|_| {
        rusqlite::Error::InvalidColumnType(column, "hash".to_owned(), rusqlite::types::Type::Blob)
    })
}

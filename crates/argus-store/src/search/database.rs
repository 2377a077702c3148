//! The file: its tables, its format, its shards.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use crate::StoreError;
use crate::sqlite::connection;

/// Moves with whatever makes older contents useless: tables, tokens, which texts are indexed. An index of another format is
/// thrown away and made anew.
const FORMAT: u32 = 2;

/// Rows of a shard: a full one is put in order once, and so is the one that an erased session was in, in less than a second. What
/// has to be looked at before the first result (all words that begin so) is one shard's.
pub(super) const SHARD_ROWS: i64 = 16_384;

/// Rows' numbers are `rank << 27 | place`, see [`super::RowId`]. `pending`: sessions of which nothing is held until they are read again.
const SCHEMA: &str = "
    CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE shards (n INTEGER PRIMARY KEY, row_count INTEGER NOT NULL, newest INTEGER NOT NULL, is_dirty INTEGER NOT NULL) STRICT;
    CREATE TABLE sessions (
        session INTEGER PRIMARY KEY, rank INTEGER NOT NULL UNIQUE, shard INTEGER NOT NULL, next_place INTEGER NOT NULL,
        cut INTEGER NOT NULL, images INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE steps (
        id INTEGER PRIMARY KEY, turn INTEGER NOT NULL, step TEXT NOT NULL, hash INTEGER NOT NULL, has_text INTEGER NOT NULL,
        cut INTEGER NOT NULL, images INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX steps_turn ON steps (turn);
    CREATE TABLE pending (session INTEGER PRIMARY KEY) STRICT;";

/// Opens the file for writing; one of another format, or damaged, is made anew.
pub(super) fn open(path: &Path) -> Result<Connection, StoreError> {
    match open_held(path) {
        Ok(Some(connection)) => Ok(connection),
        Ok(None) | Err(StoreError::Corrupt { .. }) => make(path),
        Err(error) => Err(error),
    }
}

fn open_held(path: &Path) -> Result<Option<Connection>, StoreError> {
    if !path.is_file() {
        return Ok(None);
    }
    let connection = writer(path)?;
    Ok(is_of_this_format(&connection)?.then_some(connection))
}

/// Throws the file away and makes an empty one.
pub(super) fn make(path: &Path) -> Result<Connection, StoreError> {
    for end in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        match std::fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    let mut connection = writer(path)?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(SCHEMA)?;
    transaction.pragma_update(None, "user_version", FORMAT)?;
    transaction.commit()?;
    Ok(connection)
}

fn writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = connection::open_writer(path)?;
    // What a power cut takes is made anew.
    connection.execute_batch("PRAGMA synchronous = NORMAL;")?;
    Ok(connection)
}

pub(super) fn is_of_this_format(connection: &Connection) -> Result<bool, StoreError> {
    let found: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    Ok(found == FORMAT)
}

/// Empties the index.
pub(super) fn wipe(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction()?;
    for shard in shards(&transaction)? {
        transaction.execute_batch(&format!("DROP TABLE {}", table(shard.n)))?;
    }
    transaction.execute_batch(
        "DELETE FROM meta; DELETE FROM shards; DELETE FROM sessions; DELETE FROM steps; DELETE FROM pending;",
    )?;
    transaction.commit()?;
    leave_files(connection)
}

/// Deleted pages are overwritten already; here they leave the file and the log.
pub(super) fn leave_files(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch("PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE);")?;
    Ok(())
}

/// The record up to which everything is indexed.
pub(super) fn indexed(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection
        .prepare_cached("SELECT value FROM meta WHERE name = 'indexed'")?
        .query_row([], |row| row.get(0))
        .optional()?
        .unwrap_or(-1))
}

pub(super) fn set_indexed(connection: &Connection, up_to: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES ('indexed', ?1)")?
        .execute([up_to])?;
    Ok(())
}

pub(super) fn pending(connection: &Connection) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT session FROM pending")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A shard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shard {
    pub(super) n: i64,
    pub(super) row_count: i64,
    /// No row of it has a higher number.
    pub(super) newest: i64,
    /// Tokens of rows that are gone may stand in it.
    pub(super) is_dirty: bool,
}

pub(super) fn shards(connection: &Connection) -> Result<Vec<Shard>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT n, row_count, newest, is_dirty FROM shards ORDER BY n")?;
    let rows = statement.query_map([], |row| {
        Ok(Shard {
            n: row.get(0)?,
            row_count: row.get(1)?,
            newest: row.get(2)?,
            is_dirty: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// A shard's table: a number of our own making is all that differs.
pub(super) fn table(shard: i64) -> String {
    format!("text_{shard}")
}

/// The shard that new sessions go to, a new one when the last is full.
pub(super) fn open_shard(connection: &Connection) -> Result<i64, StoreError> {
    let last = shards(connection)?.pop();
    if let Some(shard) = last.filter(|shard| shard.row_count < SHARD_ROWS) {
        return Ok(shard.n);
    }
    if let Some(full) = last {
        put_in_order(connection, full.n)?;
    }
    let n = last.map_or(0, |shard| shard.n + 1);
    // The tokens are ours: the tokenizer keeps every character beyond ASCII, and splits at spaces.
    connection.execute_batch(&format!(
        "CREATE VIRTUAL TABLE {} USING fts5 (
             prompt, answer, thinking, input, output, error, notice,
             content = '', contentless_delete = 1, tokenize = 'ascii'
         );
         INSERT INTO {0} ({0}, rank) VALUES ('hashsize', 8388608);",
        table(n)
    ))?;
    connection.execute(
        "INSERT INTO shards (n, row_count, newest, is_dirty) VALUES (?1, 0, 0, 0)",
        [n],
    )?;
    Ok(n)
}

/// Rewrites a shard as one piece, without what was deleted from it.
pub(super) fn put_in_order(connection: &Connection, shard: i64) -> Result<(), StoreError> {
    let table = table(shard);
    connection.execute(
        &format!("INSERT INTO {table} ({table}) VALUES ('optimize')"),
        [],
    )?;
    connection.execute(
        "UPDATE shards SET is_dirty = 0 WHERE n = ?1",
        params![shard],
    )?;
    Ok(())
}

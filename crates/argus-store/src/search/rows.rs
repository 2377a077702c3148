//! The rows that match, newest first, over all shards, one after the other.

use rusqlite::types::Value as Sql;
use rusqlite::{CachedStatement, Connection};

use super::RowId;
use super::database::{self, Shard};
use crate::StoreError;

/// One shard's rows, or what is known before it is looked at.
struct Source<'a> {
    shard: Shard,
    /// The next row, or what no row is above.
    bound: i64,
    rows: Option<Opened<'a>>,
}

/// The rows below a number, fetched some at a time.
struct Opened<'a> {
    statement: CachedStatement<'a>,
    fetched: std::vec::IntoIter<i64>,
    below: i64,
    is_at_end: bool,
    size: usize,
}

/// Rows that are fetched at once, at first and at most.
const FETCH_ROWS: usize = 64;
const FETCH_ROWS_MAX: usize = 4_096;

/// The matches of an expression.
pub(super) struct Rows<'a> {
    connection: &'a Connection,
    expression: String,
    sources: Vec<Source<'a>>,
}

impl<'a> Rows<'a> {
    /// The matches below `before`, the newest first.
    pub(super) fn new(
        connection: &'a Connection,
        expression: String,
        before: i64,
    ) -> Result<Self, StoreError> {
        let sources = database::shards(connection)?
            .into_iter()
            .map(|shard| Source {
                bound: shard.newest.min(before.saturating_sub(1)),
                shard,
                rows: None,
            })
            .collect();
        Ok(Self {
            connection,
            expression,
            sources,
        })
    }

    /// Passes over what is not below this number.
    pub(super) fn skip_to(&mut self, below: i64) -> Result<(), StoreError> {
        let mut at = 0;
        while at < self.sources.len() {
            let source = &mut self.sources[at];
            if source.bound >= below {
                match &mut source.rows {
                    None => source.bound = below - 1,
                    Some(rows) => match rows.next_below(&self.expression, below)? {
                        Some(next) => source.bound = next,
                        None => {
                            self.sources.swap_remove(at);
                            continue;
                        }
                    },
                }
            }
            at += 1;
        }
        Ok(())
    }

    /// The next one.
    pub(super) fn next(&mut self) -> Result<Option<RowId>, StoreError> {
        loop {
            // A shard is looked at only when nothing newer can stand elsewhere.
            let Some(at) = (0..self.sources.len()).max_by_key(|at| self.sources[*at].bound) else {
                return Ok(None);
            };
            let source = &mut self.sources[at];
            if let Some(rows) = &mut source.rows {
                let found = RowId(source.bound);
                match rows.next(&self.expression)? {
                    Some(next) => source.bound = next,
                    None => {
                        self.sources.swap_remove(at);
                    }
                }
                return Ok(Some(found));
            }
            let mut rows = Opened::new(self.connection, source)?;
            match rows.next(&self.expression)? {
                Some(first) => {
                    source.bound = first;
                    source.rows = Some(rows);
                }
                None => {
                    self.sources.swap_remove(at);
                }
            }
        }
    }
}

impl<'a> Opened<'a> {
    fn new(connection: &'a Connection, source: &Source<'_>) -> Result<Self, StoreError> {
        let table = database::table(source.shard.n);
        let statement = connection.prepare_cached(&format!(
            "SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ?3"
        ))?;
        Ok(Self {
            statement,
            fetched: Vec::new().into_iter(),
            below: source.bound.saturating_add(1),
            is_at_end: false,
            size: FETCH_ROWS,
        })
    }

    fn next_below(&mut self, expression: &str, below: i64) -> Result<Option<i64>, StoreError> {
        if let Some(next) = self.fetched.by_ref().find(|row| *row < below) {
            return Ok(Some(next));
        }
        self.below = self.below.min(below);
        self.next(expression)
    }

    fn next(&mut self, expression: &str) -> Result<Option<i64>, StoreError> {
        if let Some(next) = self.fetched.next() {
            return Ok(Some(next));
        }
        if self.is_at_end {
            return Ok(None);
        }
        let limit = i64::try_from(self.size).unwrap_or(i64::MAX);
        let parameters = (
            Sql::Text(expression.to_owned()),
            Sql::Integer(self.below),
            Sql::Integer(limit),
        );
        let rows = self.statement.query_map(parameters, |row| row.get(0))?;
        let fetched: Vec<i64> = rows.collect::<Result<_, _>>()?;
        self.is_at_end = fetched.len() < self.size;
        self.below = fetched.last().copied().unwrap_or(self.below);
        self.size = (self.size * 4).min(FETCH_ROWS_MAX);
        self.fetched = fetched.into_iter();
        Ok(self.fetched.next())
    }
}

/// The matches within one session, the newest first, at most `limit`.
pub(super) fn of_session(
    connection: &Connection,
    expression: &str,
    shard: i64,
    rank: i64,
    limit: usize,
) -> Result<Vec<RowId>, StoreError> {
    let table = database::table(shard);
    let mut statement = connection.prepare_cached(&format!(
        "SELECT rowid FROM {table} WHERE {table} MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC LIMIT ?4"
    ))?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let parameters = rusqlite::params![expression, RowId::first(rank), RowId::last(rank), limit];
    let rows = statement.query_map(parameters, |row| row.get(0).map(RowId))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

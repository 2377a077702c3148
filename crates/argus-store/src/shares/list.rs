//! The links that there are, and who opened one.

use rusqlite::types::Value as Sql;
use rusqlite::{OptionalExtension, params_from_iter};

use super::{COLUMNS, Share, StoredShare, row};
use crate::limits::PAGE_ROWS_MAX;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// A link was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareOpening {
    /// When, microseconds UTC.
    pub at_us: i64,
    /// The same for two openings of the same link from the same network, and says nothing else: see [`Workspace::open_share`].
    pub visitor: String,
}

impl Workspace {
    /// The links of the sessions that `scope` lets be read (of one of them), newest first, up to a page of them; those that are
    /// over too.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn shares(
        &self,
        session_id: Option<&str>,
        scope: &ReadScope,
    ) -> Result<Vec<Share>, StoreError> {
        let found = self.read(|connection| {
            let mut values: Vec<Sql> = Vec::new();
            let mut value = |of: Sql| {
                values.push(of);
                format!("?{}", values.len())
            };
            let mut conditions = scope.conditions("h.session", &mut value);
            if let Some(id) = session_id {
                let Some(session) = records::known_session(connection, id)? else {
                    return Ok(Vec::new());
                };
                conditions.push(format!("h.session = {}", value(Sql::Integer(session))));
            }
            conditions.push("k.id IS NOT NULL".to_owned());
            let sql = format!(
                "SELECT {COLUMNS} FROM shares h JOIN sessions_known k ON k.n = h.session WHERE {} ORDER BY h.made_at_us DESC, h.id LIMIT {PAGE_ROWS_MAX}",
                conditions.join(" AND ")
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(&values), row)?;
            Ok(rows.collect::<Result<Vec<StoredShare>, _>>()?)
        })?;
        let opened = found.into_iter().map(|stored| stored.opened(self));
        opened.filter_map(Result::transpose).collect()
    }

    /// A link by its id, of a session that `scope` lets be read.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn shared(&self, id: &str, scope: &ReadScope) -> Result<Option<Share>, StoreError> {
        let found = self.read(|connection| {
            let mut values = vec![Sql::Text(id.to_owned())];
            let mut conditions = vec!["h.id = ?1".to_owned(), "k.id IS NOT NULL".to_owned()];
            conditions.extend(scope.conditions("h.session", &mut |value| {
                values.push(value);
                format!("?{}", values.len())
            }));
            let sql = format!(
                "SELECT {COLUMNS} FROM shares h JOIN sessions_known k ON k.n = h.session WHERE {}",
                conditions.join(" AND ")
            );
            Ok(connection
                .prepare_cached(&sql)?
                .query_row(params_from_iter(&values), row)
                .optional()?)
        })?;
        match found {
            Some(stored) => stored.opened(self),
            None => Ok(None),
        }
    }

    /// When a link was opened, newest first, up to a page of them. Whether its reader may know is asked before.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn share_openings(&self, id: &str) -> Result<Vec<ShareOpening>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&format!(
                "SELECT at_us, visitor FROM share_openings WHERE share = ?1 ORDER BY n DESC LIMIT {PAGE_ROWS_MAX}"
            ))?;
            let rows = statement.query_map([id], |row| {
                Ok(ShareOpening {
                    at_us: row.get(0)?,
                    visitor: hex::encode(row.get::<_, Vec<u8>>(1)?),
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

//! The names by which sessions are found: for completing a filter, and for lists of projects.

use argus_session::filter::Key;
use rusqlite::types::Value as Sql;

use crate::limits::PAGE_ROWS_MAX;
use crate::sqlite::names;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// A name and how many sessions have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameCount {
    /// The name.
    pub name: String,
    /// Listed sessions that have it.
    pub sessions: u64,
}

impl Workspace {
    /// The names of a kind that hold `text`, whatever the case of Latin letters: those that are it or begin with it first, then
    /// those of most sessions.
    ///
    /// # Errors
    /// When the key's values are no names, or the store cannot be read.
    pub fn names(
        &self,
        key: Key,
        text: &str,
        limit: usize,
        scope: &ReadScope,
    ) -> Result<Vec<NameCount>, StoreError> {
        let kind = names::number(key).ok_or_else(|| {
            StoreError::Invalid(format!("\"{}\" has no list of names", key.as_str()))
        })?;
        let limit = i64::try_from(limit.clamp(1, PAGE_ROWS_MAX)).unwrap_or(i64::MAX);
        let mut values = vec![
            Sql::Integer(kind),
            Sql::Text(text.to_ascii_lowercase()),
            Sql::Integer(limit),
        ];
        let mut conditions =
            vec!["x.kind = ?1 AND instr(lower(x.name), ?2) > 0 AND s.listed = 1".to_owned()];
        conditions.extend(scope.conditions("s.n", &mut |value| {
            values.push(value);
            format!("?{}", values.len())
        }));
        let sql = format!(
            "SELECT x.name, count(*) FROM session_names x JOIN sessions s ON s.n = x.session WHERE {}
             GROUP BY x.name ORDER BY lower(x.name) <> ?2, instr(lower(x.name), ?2) > 1, count(*) DESC, x.name LIMIT ?3",
            conditions.join(" AND ")
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(rusqlite::params_from_iter(&values), |row| {
                Ok(NameCount {
                    name: row.get(0)?,
                    sessions: row.get(1)?,
                })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }
}

//! The words by which reviewed sessions are found: for completing a filter.

use argus_session::filter::Key;
use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;

use super::{ReviewKind, ReviewReader};
use crate::limits::PAGE_ROWS_MAX;
use crate::workspace::Workspace;
use crate::{NameCount, ReadScope, StoreError};

impl Workspace {
    /// Tags, or names of reviewers, that hold `text`, whatever its case: those that begin with it first, then those of most sessions.
    /// Of reviews that stand and that `reader` sees, on sessions that `scope` lets be read. `None` of keys that are no such words.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn review_names(
        &self,
        key: Key,
        text: &str,
        limit: usize,
        scope: &ReadScope,
        reader: &ReviewReader,
    ) -> Result<Option<Vec<NameCount>>, StoreError> {
        let mut values = Vec::new();
        let mut value = |of: Sql| {
            values.push(of);
            format!("?{}", values.len())
        };
        let text = value(Sql::Text(text.to_lowercase()));
        let (name, folded, rows, mut conditions) = match key {
            Key::Tag => {
                let kind = value(Sql::Integer(ReviewKind::Tag.number()));
                let of = format!("r.kind = {kind}");
                ("r.word", "r.word", "reviews r", vec![of])
            }
            Key::Reviewer => (
                "p.name",
                "p.name_lower",
                "reviewers p JOIN reviews r ON r.author = p.author",
                Vec::new(),
            ),
            _ => return Ok(None),
        };
        conditions.push(format!("instr({folded}, {text}) > 0"));
        conditions.push("r.stands = 1 AND s.listed = 1".to_owned());
        conditions.push(reader.sees("r", &mut value));
        conditions.extend(scope.conditions("s.n", &mut value));
        let limit = i64::try_from(limit.clamp(1, PAGE_ROWS_MAX)).unwrap_or(i64::MAX);
        let limit = value(Sql::Integer(limit));
        let sql = format!(
            "SELECT {name}, count(DISTINCT r.session) FROM {rows} JOIN sessions s ON s.n = r.session WHERE {}
             GROUP BY {name} ORDER BY instr({folded}, {text}) > 1, 2 DESC, 1 LIMIT {limit}",
            conditions.join(" AND ")
        );
        self.read(|connection| {
            let mut statement = connection.prepare_cached(&sql)?;
            let found = statement.query_map(params_from_iter(&values), |row| {
                Ok(NameCount {
                    name: row.get(0)?,
                    sessions: row.get(1)?,
                })
            })?;
            Ok(Some(found.collect::<Result<_, _>>()?))
        })
    }
}

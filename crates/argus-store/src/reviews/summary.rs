//! What lists tell of a session's reviews, and which sessions' reviews changed.

use std::collections::BTreeSet;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use super::{ReviewKind, ReviewReader};
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// What stands now of what people said of a session and its turns, as a reader sees it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReviewSummary {
    /// Verdicts that say good: one a person and turn.
    pub good: u64,
    /// Verdicts that say wrong.
    pub wrong: u64,
    /// Its tags, each once.
    pub tags: Vec<String>,
    /// Comments, replies included.
    pub comments: u64,
    /// The mean of its scores, in basis points.
    pub score: Option<f64>,
}

/// Most sessions that are named; beyond it, a reader reads everything again.
const CHANGED_SESSIONS_MAX: usize = 500;

/// Sessions whose reviews changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewChanges {
    /// The newest act there is: ask for what came after it next.
    pub up_to: i64,
    /// Ids of the sessions, of those that the reader may read and of reviews that they see, be it that they see them only now; `None`
    /// when they are too many to name.
    pub sessions: Option<Vec<String>>,
}

impl Workspace {
    /// What stands now of what people said of sessions, in their order. Whether they may be read was asked before.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn review_summaries<'a>(
        &self,
        sessions: impl IntoIterator<Item = &'a str>,
        reader: &ReviewReader,
    ) -> Result<Vec<ReviewSummary>, StoreError> {
        self.read(|connection| {
            sessions
                .into_iter()
                .map(|id| match records::known_session(connection, id)? {
                    Some(session) => summary(connection, session, reader),
                    None => Ok(ReviewSummary::default()),
                })
                .collect()
        })
    }

    /// The newest act; -1 without any.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_act(&self) -> Result<i64, StoreError> {
        self.read(newest)
    }

    /// The sessions whose reviews changed, or were hidden from the reader until then, after the act (or any other place in the ledger)
    /// `after`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn review_changes(
        &self,
        after: i64,
        scope: &ReadScope,
        reader: &ReviewReader,
    ) -> Result<ReviewChanges, StoreError> {
        self.read(|connection| {
            let connection = &*connection.unchecked_transaction()?;
            let up_to = newest(connection)?.max(after);
            let keys = &self.inner().keys;
            let Some(shown) = crate::queues::shown_since(connection, keys, after, up_to)? else {
                return Ok(ReviewChanges {
                    up_to,
                    sessions: None,
                });
            };
            let shown = serde_json::to_string(&shown).unwrap_or_default();
            let mut values = vec![Sql::Integer(after), Sql::Integer(up_to), Sql::Text(shown)];
            let mut value = |of: Sql| {
                values.push(of);
                format!("?{}", values.len())
            };
            let sees = reader.sees("r", &mut value);
            let mut conditions = vec!["s.listed = 1".to_owned()];
            conditions.extend(scope.conditions("s.n", &mut value));
            // CROSS JOIN: the few reviews drive, not all the sessions.
            let sql = format!(
                "SELECT k.id FROM (
                     SELECT r.session FROM reviews r WHERE r.act > ?1 AND r.act <= ?2 AND {sees}
                     UNION SELECT shown.value FROM json_each(?3) shown WHERE {}
                 ) c
                 CROSS JOIN sessions s ON s.n = c.session JOIN sessions_known k ON k.n = s.n
                 WHERE k.id IS NOT NULL AND {} LIMIT {}",
                reader.sees_session("shown.value"),
                conditions.join(" AND "),
                CHANGED_SESSIONS_MAX + 1,
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(params_from_iter(&values), |row| row.get(0))?;
            let sessions: Vec<String> = rows.collect::<Result<_, _>>()?;
            let is_named = sessions.len() <= CHANGED_SESSIONS_MAX;
            Ok(ReviewChanges {
                up_to,
                sessions: is_named.then_some(sessions),
            })
        })
    }
}

fn newest(connection: &Connection) -> Result<i64, StoreError> {
    let newest: Option<i64> = connection
        .prepare_cached("SELECT max(id) FROM acts")?
        .query_row([], |row| row.get(0))?;
    Ok(newest.unwrap_or(-1))
}

fn summary(
    connection: &Connection,
    session: i64,
    reader: &ReviewReader,
) -> Result<ReviewSummary, StoreError> {
    let mut values = vec![Sql::Integer(session)];
    let sees = reader.sees("r", &mut |of| {
        values.push(of);
        format!("?{}", values.len())
    });
    let mut statement = connection.prepare_cached(&format!(
        "SELECT r.kind, r.word, r.number FROM reviews r WHERE r.session = ?1 AND r.stands = 1 AND {sees}"
    ))?;
    let mut rows = statement.query(params_from_iter(&values))?;
    let mut summary = ReviewSummary::default();
    let mut tags = BTreeSet::new();
    let (mut sum, mut scores) = (0.0, 0_u32);
    while let Some(row) = rows.next()? {
        let (kind, word): (i64, String) = (row.get(0)?, row.get(1)?);
        match ReviewKind::from_number(kind) {
            Some(ReviewKind::Verdict) if word == "good" => summary.good += 1,
            Some(ReviewKind::Verdict) => summary.wrong += 1,
            Some(ReviewKind::Tag) => {
                tags.insert(word);
            }
            Some(ReviewKind::Comment) => summary.comments += 1,
            Some(ReviewKind::Score) => {
                if let Some(number) = row.get::<_, Option<f64>>(2)? {
                    sum += number;
                    scores += 1;
                }
            }
            Some(ReviewKind::Answer) | None => {}
        }
    }
    summary.tags = tags.into_iter().collect();
    summary.score = (scores > 0).then(|| sum / f64::from(scores));
    Ok(summary)
}

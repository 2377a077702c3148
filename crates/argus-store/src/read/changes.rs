//! What changed since: the sessions that records after a given one belong to.

use std::sync::atomic::Ordering;

use rusqlite::types::Value as Sql;

use crate::projection::projected;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

/// Most sessions that are named; beyond it, a reader reads everything again.
const CHANGED_SESSIONS_MAX: i64 = 500;

/// Most records that are looked through; who is further behind reads everything again.
const CHANGED_RECORDS_MAX: i64 = 100_000;

/// Sessions that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The newest record that is projected: ask for what came after it next.
    pub up_to: i64,
    /// Ids of the sessions, of those that the reader may read; `None` when they are too many to name.
    pub sessions: Option<Vec<String>>,
}

impl Workspace {
    /// The newest record that is projected; -1 without any.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn projected_up_to(&self) -> Result<i64, StoreError> {
        self.read(projected)
    }

    /// The sessions that changed by records after `after`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn changes(&self, after: i64, scope: &ReadScope) -> Result<Changes, StoreError> {
        self.read(|connection| {
            let up_to = projected(connection)?;
            if up_to.saturating_sub(after) > CHANGED_RECORDS_MAX {
                return Ok(Changes {
                    up_to,
                    sessions: None,
                });
            }
            let mut values = vec![
                Sql::Integer(after),
                Sql::Integer(up_to),
                Sql::Integer(CHANGED_SESSIONS_MAX + 1),
            ];
            let mut conditions = vec!["s.listed = 1".to_owned()];
            conditions.extend(scope.conditions("s.n", &mut |value| {
                values.push(value);
                format!("?{}", values.len())
            }));
            // CROSS JOIN: the few records drive, not all the sessions.
            let sql = format!(
                "SELECT k.id FROM (SELECT DISTINCT session FROM records WHERE id > ?1 AND id <= ?2) r
                 CROSS JOIN sessions s ON s.n = r.session JOIN sessions_known k ON k.n = s.n
                 WHERE k.id IS NOT NULL AND {} LIMIT ?3",
                conditions.join(" AND ")
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement.query_map(rusqlite::params_from_iter(&values), |row| row.get(0))?;
            let sessions: Vec<String> = rows.collect::<Result<_, _>>()?;
            let is_named = sessions.len() <= usize::try_from(CHANGED_SESSIONS_MAX).unwrap_or(0);
            Ok(Changes {
                up_to,
                sessions: is_named.then_some(sessions),
            })
        })
    }

    /// Number of erasures since the store was opened: another one, and something that is shown is gone.
    #[must_use]
    pub fn erasures(&self) -> u64 {
        self.inner().erasures.load(Ordering::Acquire)
    }

    /// Calls `listener` whenever more is projected, or something was erased, from the thread that did it: it must not wait for anything.
    pub fn on_projected(&self, listener: Box<dyn Fn() + Send + Sync>) {
        self.inner().handover.on_projected(listener);
    }
}

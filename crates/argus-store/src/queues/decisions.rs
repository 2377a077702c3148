//! What was decided of a session, wherever its disputes stood.

use rusqlite::Connection;

use super::item::{self, COLUMNS, DecisionText};
use crate::reviews::blind;
use crate::sqlite::records;
use crate::workspace::Workspace;
use crate::{ReadScope, ReviewReader, StoreError};

/// A decision, and what it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionDecision {
    /// The turn; `None` for the session as a whole.
    pub turn: Option<String>,
    /// What was decided.
    pub decision: DecisionText,
}

impl Workspace {
    /// What was decided of a session and its turns, the oldest first; nothing while what others said of it is hidden from `reader`, and
    /// of a session that `scope` does not let be read.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn decisions(
        &self,
        session_id: &str,
        scope: &ReadScope,
        reader: &ReviewReader,
    ) -> Result<Vec<SessionDecision>, StoreError> {
        let keys = &self.inner().keys;
        self.read(|connection| {
            let Some(session) = records::known_session(connection, session_id)? else {
                return Ok(Vec::new());
            };
            if !scope.may_read(connection, session)?
                || blind::is_hidden_from(connection, session, reader)?
            {
                return Ok(Vec::new());
            }
            let mut found = Vec::new();
            for row in decided(connection, session)? {
                let decision =
                    item::opened(connection, keys, row.session, row.decision.as_deref())?;
                // None where it went with the session's content.
                found.extend(decision.map(|decision: DecisionText| SessionDecision {
                    turn: row.turn().map(str::to_owned),
                    decision,
                }));
            }
            found.sort_by_key(|one| one.decision.at_us);
            Ok(found)
        })
    }
}

fn decided(connection: &Connection, session: i64) -> Result<Vec<item::ItemRow>, StoreError> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM queue_items i WHERE i.session = ?1 AND i.is_decided = 1"
    ))?;
    let rows = statement.query_map([session], item::row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

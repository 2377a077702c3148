//! From whom the reviews of a session are hidden now. Kept by the queues, in the transactions that change their items: a row of
//! `blind_sessions` counts the items for which everybody is blind; one that counts none hides from who does not manage queues.

use rusqlite::{Connection, OptionalExtension, params};

use super::ReviewReader;
use crate::StoreError;
use crate::sqlite::records;
use crate::workspace::Workspace;

/// From whom what is said of an item of a queue is hidden, as it is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Blindness {
    /// From nobody.
    Open,
    /// From everybody: not all have judged it.
    Blind,
    /// From who does not manage queues: all have judged it, but when it is shown would tell references from others.
    Kept,
}

impl Blindness {
    pub(crate) const fn number(self) -> i64 {
        match self {
            Self::Open => 0,
            Self::Blind => 1,
            Self::Kept => 2,
        }
    }

    pub(crate) const fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Open,
            2 => Self::Kept,
            // What only a later release knows stays hidden.
            _ => Self::Blind,
        }
    }
}

/// Notes from whom the reviews of a session are hidden, by the items that it has.
pub(crate) fn note(connection: &Connection, session: i64) -> Result<(), StoreError> {
    let (blind, hidden): (i64, i64) = connection
        .prepare_cached(
            "SELECT coalesce(sum(is_blind = 1), 0), coalesce(sum(is_blind > 0), 0) FROM queue_items WHERE session = ?1",
        )?
        .query_row([session], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if hidden == 0 {
        return show(connection, session);
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO blind_sessions (session, items) VALUES (?1, ?2)")?
        .execute(params![session, blind])?;
    Ok(())
}

/// Nothing of a session is hidden.
fn show(connection: &Connection, session: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM blind_sessions WHERE session = ?1")?
        .execute([session])?;
    Ok(())
}

/// Whether the reviews of a session are hidden from somebody.
pub(crate) fn is_hidden(connection: &Connection, session: i64) -> Result<bool, StoreError> {
    is_hidden_from(connection, session, &ReviewReader::nobody())
}

/// Whether others' reviews of a session are hidden from this reader.
pub(crate) fn is_hidden_from(
    connection: &Connection,
    session: i64,
    reader: &ReviewReader,
) -> Result<bool, StoreError> {
    let items: Option<i64> = connection
        .prepare_cached("SELECT items FROM blind_sessions WHERE session = ?1")?
        .query_row([session], |row| row.get(0))
        .optional()?;
    Ok(items.is_some_and(|items| items > 0 || !reader.manages()))
}

impl Workspace {
    /// Begins (or ends) the blind review of a session, as a queue does.
    ///
    /// # Errors
    /// When the store cannot be written.
    #[doc(hidden)]
    pub fn review_blind_for_test(
        &self,
        session_id: &str,
        is_begun: bool,
    ) -> Result<(), StoreError> {
        let id = session_id.to_owned();
        self.writer()?.run(move |state| {
            let connection = &state.connection;
            match records::known_session(connection, &id)? {
                Some(session) if is_begun => {
                    connection.execute(
                        "INSERT OR REPLACE INTO blind_sessions (session, items) VALUES (?1, 1)",
                        [session],
                    )?;
                    Ok(())
                }
                Some(session) => show(connection, session),
                None => Ok(()),
            }
        })
    }
}

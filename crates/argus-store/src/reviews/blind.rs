//! Which sessions are reviewed blind now. Kept by the queues, in the transactions that open and close their items.

use rusqlite::{Connection, params};

use crate::StoreError;
use crate::sqlite::records;
use crate::workspace::Workspace;

/// One more open blind item is of this session.
pub(crate) fn make_blind(connection: &Connection, session: i64) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO blind_sessions (session, items) VALUES (?1, 1)
             ON CONFLICT (session) DO UPDATE SET items = items + 1",
        )?
        .execute([session])?;
    Ok(())
}

/// One open blind item less is of this session.
pub(crate) fn unblind(connection: &Connection, session: i64) -> Result<(), StoreError> {
    for sql in [
        "UPDATE blind_sessions SET items = items - 1 WHERE session = ?1",
        "DELETE FROM blind_sessions WHERE session = ?1 AND items <= 0",
    ] {
        connection.prepare_cached(sql)?.execute(params![session])?;
    }
    Ok(())
}

/// Whether a session is reviewed blind now.
pub(crate) fn is_blind(connection: &Connection, session: i64) -> Result<bool, StoreError> {
    Ok(connection
        .prepare_cached("SELECT 1 FROM blind_sessions WHERE session = ?1")?
        .exists([session])?)
}

impl Workspace {
    /// Begins (or ends) one blind item of a session, as a queue does.
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
        self.writer()?.run(
            move |state| match records::known_session(&state.connection, &id)? {
                Some(session) if is_begun => make_blind(&state.connection, session),
                Some(session) => unblind(&state.connection, session),
                None => Ok(()),
            },
        )
    }
}

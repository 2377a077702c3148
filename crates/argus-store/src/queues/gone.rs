//! What goes with a session.

use rusqlite::Connection;

use crate::StoreError;

/// Removes the items and references of a session that is erased. The acts stay.
pub(crate) fn remove_of_session(connection: &Connection, session: i64) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM queue_assignments WHERE item IN (SELECT id FROM queue_items WHERE session = ?1)",
        "DELETE FROM queue_items WHERE session = ?1",
        "DELETE FROM gold WHERE session = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([session])?;
    }
    Ok(())
}

/// Removes what was typed about a session whose content is switched off: it may quote the content.
pub(crate) fn remove_texts_of_session(
    connection: &Connection,
    session: i64,
) -> Result<(), StoreError> {
    for sql in [
        "UPDATE queue_assignments SET sealed = NULL WHERE item IN (SELECT id FROM queue_items WHERE session = ?1)",
        "UPDATE queue_items SET reason = NULL, decision = NULL WHERE session = ?1",
        "DELETE FROM gold WHERE session = ?1",
    ] {
        connection.prepare_cached(sql)?.execute([session])?;
    }
    Ok(())
}

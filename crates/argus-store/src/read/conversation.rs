//! Conversations: sessions joined by what links them, followed to the first.

use std::collections::HashSet;

use rusqlite::Connection;

use crate::StoreError;
use crate::limits::CONVERSATION_LINKS_MAX;
use crate::sqlite::projections;

/// The id of the conversation's first session.
pub(super) fn first_session(
    connection: &Connection,
    session_id: &str,
) -> Result<String, StoreError> {
    let mut seen = HashSet::from([session_id.to_owned()]);
    let mut first = session_id.to_owned();
    for _ in 0..CONVERSATION_LINKS_MAX {
        let Some(older) = projections::older_session(connection, &first)? else {
            break;
        };
        if !seen.insert(older.clone()) {
            break;
        }
        first = older;
    }
    Ok(first)
}

//! Conversations: sessions joined by what links them, followed to the first.

use std::collections::HashSet;

use argus_session::Session;
use rusqlite::Connection;

use crate::limits::CONVERSATION_LINKS_MAX;
use crate::sqlite::projections;
use crate::workspace::Workspace;
use crate::{ReadScope, StoreError};

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

/// Sessions that resume, fork and `/clear` joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    /// The first session's id.
    pub id: String,
    /// The sessions that the reader may read, by their start.
    pub sessions: Vec<Session>,
}

/// Most sessions of a conversation that are read.
const CONVERSATION_SESSIONS_MAX: usize = 500;

impl Workspace {
    /// The conversation that a session belongs to.
    ///
    /// # Errors
    /// When the store cannot be read or is damaged.
    pub fn conversation(
        &self,
        session_id: &str,
        scope: &ReadScope,
    ) -> Result<Conversation, StoreError> {
        let (id, ids) = self.read(|connection| {
            let first = first_session(connection, session_id)?;
            let mut ids = vec![first.clone()];
            let mut seen = HashSet::from([first.clone()]);
            let mut at = 0;
            while at < ids.len() && ids.len() < CONVERSATION_SESSIONS_MAX {
                let room = CONVERSATION_SESSIONS_MAX - ids.len();
                let younger = projections::younger_sessions(connection, &ids[at], room)?;
                ids.extend(younger.into_iter().filter(|id| seen.insert(id.clone())));
                at += 1;
            }
            Ok((first, ids))
        })?;
        let mut sessions = Vec::new();
        for id in ids {
            if self.session_version(&id, scope)?.is_some() {
                sessions.extend(self.session(&id)?);
            }
        }
        sessions.sort_by(|a, b| (a.started_at, &a.id).cmp(&(b.started_at, &b.id)));
        Ok(Conversation { id, sessions })
    }
}

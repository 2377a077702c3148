//! Which sessions are private or without content, in memory: asked for every item.

use std::collections::HashSet;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use rusqlite::Connection;

use super::tombstone::{self, TombstoneKind};
use crate::StoreError;
use crate::key_ring::IdHash;

/// The sessions, by their keyed hashes. Those that are private are suppressed too.
#[derive(Debug, Default)]
pub(crate) struct OptedOut(RwLock<Sets>);

#[derive(Debug, Default)]
struct Sets {
    private: HashSet<IdHash>,
    content_off: HashSet<IdHash>,
}

impl OptedOut {
    pub(crate) fn open(connection: &Connection) -> Result<Self, StoreError> {
        Ok(Self(RwLock::new(Sets {
            private: tombstone::sessions(connection, TombstoneKind::Private)?,
            content_off: tombstone::sessions(connection, TombstoneKind::ContentOff)?,
        })))
    }

    pub(crate) fn is_private(&self, session: &IdHash) -> bool {
        self.read().private.contains(session)
    }

    pub(crate) fn is_content_off(&self, session: &IdHash) -> bool {
        self.read().content_off.contains(session)
    }

    pub(crate) fn add_private(&self, session: IdHash) {
        let mut sets = self.write();
        sets.content_off.remove(&session);
        sets.private.insert(session);
    }

    pub(super) fn add_content_off(&self, session: IdHash) {
        self.write().content_off.insert(session);
    }

    fn read(&self) -> RwLockReadGuard<'_, Sets> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Sets> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

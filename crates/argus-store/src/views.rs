//! Who looked: an act when a session is read, one per reader, session and ten minutes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::key_ring::IdHash;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, StoreError};

/// Reading on within this time is the same view, in microseconds.
const VIEW_US: i64 = 10 * 60 * 1_000_000;
/// Most views that are remembered; beyond it, one may be written twice.
const VIEWS_REMEMBERED_MAX: usize = 10_000;

/// The last view of each reader and session.
#[derive(Debug, Default)]
pub(crate) struct Views(Mutex<HashMap<(Actor, IdHash), i64>>);

impl Views {
    /// True when this is a new view; it is remembered.
    fn begins(&self, actor: &Actor, session: IdHash, now_us: i64) -> bool {
        let mut views = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |at_us: &i64| (*at_us..*at_us + VIEW_US).contains(&now_us);
        if views.get(&(actor.clone(), session)).is_some_and(is_same) {
            return false;
        }
        if views.len() >= VIEWS_REMEMBERED_MAX {
            views.retain(|_, at_us| is_same(at_us));
        }
        if views.len() >= VIEWS_REMEMBERED_MAX {
            views.clear();
        }
        views.insert((actor.clone(), session), now_us);
        true
    }

    fn forget(&self, actor: &Actor, session: IdHash) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&(actor.clone(), session));
    }
}

impl Workspace {
    /// Notes that somebody reads a session. Its act names the session by its keyed hash: acts outlive an erasure.
    ///
    /// # Errors
    /// When the act cannot be written.
    pub fn view(&self, session_id: &str, actor: &Actor) -> Result<(), StoreError> {
        let hash = self.inner().keys.session_hash(session_id);
        if !self.inner().views.begins(actor, hash, self.now_us()) {
            return Ok(());
        }
        let detail = serde_json::json!({"session": hex::encode(hash)});
        self.act(ActKind::SessionViewed, actor, detail)
            .inspect_err(|_| self.inner().views.forget(actor, hash))
    }
}

//! Who looked: an act when a session is read, one per reader, session and ten minutes.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::key_ring::IdHash;
use crate::workspace::Workspace;
use crate::{ActKind, Actor, StoreError};

/// Reading on within this time is the same view, in microseconds.
const VIEW_US: i64 = 10 * 60 * 1_000_000;
/// Most views that are remembered; beyond it, one may be written twice.
const VIEWS_REMEMBERED_MAX: usize = 10_000;

/// The last view of each reader and session whose act is written.
#[derive(Debug, Default)]
pub(crate) struct Views {
    written: Mutex<HashMap<(Actor, IdHash), i64>>,
    /// Held while an act is written: who asks for the same view meanwhile waits for it, and sees nothing without it.
    writing: Mutex<()>,
}

impl Views {
    fn is_written(&self, of: &(Actor, IdHash), now_us: i64) -> bool {
        lock(&self.written)
            .get(of)
            .is_some_and(|at_us| is_same(*at_us, now_us))
    }

    fn remember(&self, of: (Actor, IdHash), now_us: i64) {
        let mut written = lock(&self.written);
        if written.len() >= VIEWS_REMEMBERED_MAX {
            written.retain(|_, at_us| is_same(*at_us, now_us));
        }
        if written.len() >= VIEWS_REMEMBERED_MAX {
            written.clear();
        }
        written.insert(of, now_us);
    }
}

fn is_same(at_us: i64, now_us: i64) -> bool {
    (at_us..at_us + VIEW_US).contains(&now_us)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Workspace {
    /// Notes that somebody reads a session. Its act names the session by its keyed hash: acts outlive an erasure.
    ///
    /// # Errors
    /// When the act cannot be written: then the session is not to be shown.
    pub fn view(&self, session_id: &str, actor: &Actor) -> Result<(), StoreError> {
        let views = &self.inner().views;
        let of = (actor.clone(), self.inner().keys.session_hash(session_id));
        if views.is_written(&of, self.now_us()) {
            return Ok(());
        }
        let _writing = lock(&views.writing);
        let now_us = self.now_us();
        if views.is_written(&of, now_us) {
            return Ok(());
        }
        let detail = serde_json::json!({"session": hex::encode(of.1)});
        self.act(ActKind::SessionViewed, actor, detail)?;
        views.remember(of, now_us);
        Ok(())
    }
}

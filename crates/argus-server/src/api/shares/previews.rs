//! What people are about to share: kept in memory for a while, so that what is masked stands in no address.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use argus_session::Random;
use argus_store::{Actor, ShareContent};

/// How long a preview can be looked at: ten minutes, in microseconds.
const PREVIEW_US: i64 = 10 * 60 * 1_000_000;
/// Most previews at a time; the oldest make room.
const PREVIEWS_MAX: usize = 200;

/// What somebody is about to share.
#[derive(Debug, Clone)]
pub(crate) struct Preview {
    pub(crate) workspace: String,
    pub(crate) by: Actor,
    pub(crate) session: String,
    pub(crate) content: ShareContent,
}

impl Preview {
    /// Whether it is somebody's own, of a session.
    pub(crate) fn is_of(&self, by: &Actor, workspace: &str, session: &str) -> bool {
        self.by == *by && self.workspace == workspace && self.session == session
    }
}

/// The previews that there are.
#[derive(Debug, Default)]
pub(crate) struct Previews(Mutex<HashMap<String, (i64, Preview)>>);

impl Previews {
    /// Keeps a preview and gives its id.
    pub(crate) fn keep(&self, preview: Preview, now_us: i64, random: &dyn Random) -> String {
        let mut bytes = [0; 16];
        random.fill(&mut bytes);
        let id = hex::encode(bytes);
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.retain(|_, (at_us, _)| now_us - *at_us < PREVIEW_US);
        if held.len() >= PREVIEWS_MAX {
            let oldest = held
                .iter()
                .min_by_key(|(_, (at_us, _))| *at_us)
                .map(|(id, _)| id.clone());
            oldest.and_then(|id| held.remove(&id));
        }
        held.insert(id.clone(), (now_us, preview));
        id
    }

    /// A preview by its id.
    pub(crate) fn find(&self, id: &str, now_us: i64) -> Option<Preview> {
        let held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at_us, preview) = held.get(id)?;
        (now_us - at_us < PREVIEW_US).then(|| preview.clone())
    }
}

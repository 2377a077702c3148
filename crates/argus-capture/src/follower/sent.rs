//! What is sent once: versions of skills, inventories.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::paths::StateFolder;
use crate::store_file;

/// Things that are remembered at most.
const THINGS_MAX: usize = 20_000;
/// After so long they are sent again: that they are still there.
const AGAIN_AFTER_US: i64 = 24 * 3600 * 1_000_000;

/// What was sent, and when.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Sent {
    things: BTreeMap<String, i64>,
}

impl Sent {
    pub(super) fn read(folder: &StateFolder) -> Self {
        store_file::read(&folder.sent()).unwrap_or_default()
    }

    /// True when a thing was not sent yet, ever.
    pub(super) fn is_new(&self, thing: &str) -> bool {
        !self.things.contains_key(thing)
    }

    /// True when it was not sent within a day.
    pub(super) fn is_due(&self, thing: &str, now_us: i64) -> bool {
        self.things
            .get(thing)
            .is_none_or(|at_us| now_us - at_us >= AGAIN_AFTER_US)
    }

    pub(super) fn note(&mut self, thing: &str, now_us: i64) {
        while self.things.len() >= THINGS_MAX {
            let Some(oldest) = self
                .things
                .iter()
                .min_by_key(|(_, at_us)| **at_us)
                .map(|(thing, _)| thing.clone())
            else {
                break;
            };
            self.things.remove(&oldest);
        }
        self.things.insert(thing.to_owned(), now_us);
    }

    pub(super) fn write(&self, folder: &StateFolder) {
        // Sent twice is known to the server.
        let _ = store_file::write(&folder.sent(), self);
    }
}

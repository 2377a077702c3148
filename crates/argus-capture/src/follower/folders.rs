//! Where hooks told of sessions: only there is looked for sessions that no hook told of. Elsewhere the plugin may be switched
//! off, and what somebody does there is not for capture.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::files::FoundTranscript;
use crate::paths::StateFolder;
use crate::store_file;

/// Folders that are remembered at most.
const FOLDERS_MAX: usize = 2_000;
/// So long after a hook told of a folder it is looked into: the plugin may be switched off there meanwhile.
const TOLD_FOR_US: i64 = 3600 * 1_000_000;
/// How often it is written down that a hook told of one.
const WRITE_EVERY_US: i64 = 60 * 1_000_000;

/// Folders of transcripts, and since when.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Folders {
    /// When the client was set up here, microseconds UTC: what is older is for `import`.
    pub(super) since_us: i64,
    /// When a hook last told of one there, microseconds UTC.
    folders: BTreeMap<PathBuf, i64>,
}

impl Folders {
    pub(super) fn read(folder: &StateFolder, now_us: i64) -> Self {
        store_file::read(&folder.folders()).unwrap_or_else(|| {
            let new = Self {
                since_us: now_us,
                folders: BTreeMap::new(),
            };
            // That it begins now is known to the next follower.
            let _ = store_file::write(&folder.folders(), &new);
            new
        })
    }

    /// True for a transcript that lies where a hook told of one not long before it was written to.
    pub(super) fn holds(&self, found: &FoundTranscript, now_us: i64) -> bool {
        let told_at_us = found
            .path
            .parent()
            .and_then(|parent| self.folders.get(parent));
        told_at_us
            .is_some_and(|told_at_us| found.changed_us.min(now_us) - told_at_us <= TOLD_FOR_US)
    }

    /// A hook told of a transcript.
    pub(super) fn add(&mut self, folder: &StateFolder, transcript: &Path, now_us: i64) {
        let Some(parent) = transcript.parent() else {
            return;
        };
        let told_at_us = self.folders.get(parent).copied();
        if told_at_us.is_some_and(|told_at_us| now_us - told_at_us < WRITE_EVERY_US) {
            return;
        }
        self.folders
            .retain(|_, told_at_us| now_us - *told_at_us <= TOLD_FOR_US);
        if self.folders.len() < FOLDERS_MAX {
            self.folders.insert(parent.to_owned(), now_us);
            // Told again by the next hook there.
            let _ = store_file::write(&folder.folders(), self);
        }
    }
}

//! Where hooks told of sessions: only there is looked for sessions that no hook told of. Elsewhere the plugin may be switched
//! off, and what somebody does there is not for capture.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::paths::StateFolder;
use crate::store_file;

/// Folders that are remembered at most.
const FOLDERS_MAX: usize = 2_000;

/// Folders of transcripts, and since when.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Folders {
    /// When the client was set up here, microseconds UTC: what is older is for `import`.
    pub(super) since_us: i64,
    folders: BTreeSet<PathBuf>,
}

impl Folders {
    pub(super) fn read(folder: &StateFolder, now_us: i64) -> Self {
        store_file::read(&folder.folders()).unwrap_or_else(|| {
            let new = Self {
                since_us: now_us,
                folders: BTreeSet::new(),
            };
            // That it begins now is known to the next follower.
            let _ = store_file::write(&folder.folders(), &new);
            new
        })
    }

    /// True for a transcript that lies where a hook told of one.
    pub(super) fn holds(&self, transcript: &Path) -> bool {
        transcript
            .parent()
            .is_some_and(|parent| self.folders.contains(parent))
    }

    /// A hook told of a transcript.
    pub(super) fn add(&mut self, folder: &StateFolder, transcript: &Path) {
        let Some(parent) = transcript.parent() else {
            return;
        };
        if self.folders.len() < FOLDERS_MAX && self.folders.insert(parent.to_owned()) {
            // Told again by the next hook there.
            let _ = store_file::write(&folder.folders(), self);
        }
    }
}

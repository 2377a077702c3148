//! The sessions that are followed, kept so that a follower that was ended goes on with them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::event::ClaudeProcess;
use crate::paths::StateFolder;
use crate::store_file;

/// A session that is followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Live {
    pub(crate) session_id: String,
    pub(crate) transcript: PathBuf,
    pub(crate) cwd: Option<PathBuf>,
    pub(crate) claude_config: Option<PathBuf>,
    pub(crate) process: ClaudeProcess,
    /// The metadata file, of a session of Cowork.
    #[serde(default)]
    pub(crate) cowork: Option<PathBuf>,
    /// Its end was told.
    pub(crate) is_over: bool,
    /// When something of it was last seen, microseconds UTC.
    pub(crate) seen_at_us: i64,
    /// Hook events that were told of it.
    #[serde(default)]
    pub(crate) hooks: Vec<String>,
}

pub(crate) fn read(folder: &StateFolder) -> Vec<Live> {
    store_file::read(&folder.live()).unwrap_or_default()
}

pub(crate) fn write(folder: &StateFolder, live: &[&Live]) {
    // Lost with a disk that takes nothing: a hook tells of the session again.
    let _ = store_file::write(&folder.live(), &live);
}

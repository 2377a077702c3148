//! What a session's editing tools changed, file by file.

pub(crate) mod diff;
pub(crate) mod list;

use argus_session::file_changes::LineCount;
use serde::Serialize;
use utoipa::ToSchema;

/// Lines that a change added and removed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LinesChanged {
    added: u64,
    removed: u64,
}

impl From<LineCount> for LinesChanged {
    fn from(count: LineCount) -> Self {
        Self {
            added: count.added,
            removed: count.removed,
        }
    }
}

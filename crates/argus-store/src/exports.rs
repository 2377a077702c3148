//! Who took sessions out: an act for each page of them, before the first byte of it leaves.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::workspace::Workspace;
use crate::{ActKind, Actor, StoreError};

/// Most sessions that one act names.
pub const EXPORTED_SESSIONS_MAX: usize = 1_000;

/// What is exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportNote {
    /// `jsonl`, `csv`, `md`, `html`, or `report`.
    pub format: String,
    /// Of CSV, which table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// When the export began, microseconds UTC: acts with the same time are of one export.
    pub began_at_us: i64,
    /// The how manieth act of the export, from 0.
    pub part: u64,
}

impl Workspace {
    /// Notes that a report on sessions is taken out: by one act, with how many they are and a hash of their keyed hashes in
    /// order, which tells for any set of sessions whether it was this one. Sessions that are erased meanwhile cannot be hashed
    /// any more: then it says how many there were.
    ///
    /// # Errors
    /// When the act cannot be written: then the report is not to leave.
    pub fn note_report(
        &self,
        note: &ExportNote,
        sessions: &[String],
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let keys = &self.inner().keys;
        let mut hashes: Vec<[u8; 16]> = sessions.iter().map(|id| keys.session_hash(id)).collect();
        hashes.sort_unstable();
        let hash = Sha256::digest(hashes.concat());
        let detail = serde_json::json!({
            "format": note.format, "began_at_us": note.began_at_us, "count": sessions.len(), "sessions_hash": hex::encode(hash),
        });
        self.act(ActKind::Exported, actor, detail)
    }

    /// Notes that sessions are exported. Its act names them by their keyed hashes: acts outlive an erasure. What they were found
    /// by is not part of it: a query may quote what was captured.
    ///
    /// # Errors
    /// When the act cannot be written: then they are not to leave. [`StoreError::Invalid`] for more than
    /// [`EXPORTED_SESSIONS_MAX`].
    pub fn note_export(
        &self,
        note: &ExportNote,
        sessions: &[String],
        actor: &Actor,
    ) -> Result<(), StoreError> {
        if sessions.len() > EXPORTED_SESSIONS_MAX {
            return Err(StoreError::Invalid(format!(
                "an export's act names at most {EXPORTED_SESSIONS_MAX} sessions"
            )));
        }
        let keys = &self.inner().keys;
        let hashes: Vec<String> = sessions
            .iter()
            .map(|id| hex::encode(keys.session_hash(id)))
            .collect();
        let detail = serde_json::json!({
            "format": note.format, "table": note.table, "began_at_us": note.began_at_us, "part": note.part, "sessions": hashes,
        });
        self.act(ActKind::Exported, actor, detail)
    }
}

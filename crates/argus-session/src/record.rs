//! Items and records: a source item on its way in, and as stored.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{NaturalKey, Source};

/// The number of a record in its workspace: the index of its leaf in the ledger. Never reused.
pub type RecordId = u64;

/// One source item as it arrived, decoded, not yet redacted.
#[derive(Debug, Clone)]
pub struct Item {
    /// Where it comes from.
    pub source: Source,
    /// What makes it the same item when it comes again.
    pub key: NaturalKey,
    /// The external session id, where the item names one. Items without one are kept, outside any session.
    pub session_id: Option<String>,
    /// The item's own time, microseconds UTC, where it has one.
    pub at_us: Option<i64>,
    /// The item itself. For OTel: the canonical form described in [`crate::source::otel`].
    pub body: Value,
    /// What the capture client says about the item.
    pub meta: Meta,
}

/// What a capture envelope says about its item, beside the item. All of it is a claim of the client.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Meta {
    /// When the client read the item, microseconds UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured_at_us: Option<i64>,
    /// Where in a file it stood.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FilePosition>,
    /// The Claude process it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub process: Option<Process>,
    /// Version of Claude Code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_version: Option<String>,
    /// Working folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cwd: Option<String>,
    /// Git remote of the working folder, without userinfo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_remote: Option<String>,
    /// The machine it was captured on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<String>,
    /// The sub-agent whose transcript file the item was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agent_id: Option<String>,
    /// The HTTP or other headers and fields that this version does not know, kept as they came.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub unknown: Map<String, Value>,
}

/// A file and the byte offset at which the item starts in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePosition {
    /// The client's name for the file, such as the transcript's name.
    pub id: String,
    /// Bytes from the start.
    pub offset: u64,
}

/// The process that wrote the item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    /// Process id on its machine.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pid: Option<u32>,
    /// When it started, microseconds UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at_us: Option<i64>,
    /// `CLAUDE_CODE_ENTRYPOINT`: `cli`, `sdk-cli`, …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entrypoint: Option<String>,
}

/// Which of two contents under one natural key the fold takes: the highest rule version, then the lowest hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ContentRank {
    /// Version of the redaction rules that were applied.
    pub rule_version: u32,
    /// Hash of the redacted body.
    pub hash: [u8; 32],
}

impl ContentRank {
    /// True when the fold takes this content over `other`.
    #[must_use]
    pub fn beats(&self, other: &Self) -> bool {
        (self.rule_version, std::cmp::Reverse(self.hash))
            > (other.rule_version, std::cmp::Reverse(other.hash))
    }
}

/// The keyed hash of a natural key, as stored.
pub type NaturalKeyHash = [u8; 16];

/// One source item as stored: redacted, immutable. What the fold takes.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its number in the workspace. Not part of its identity: no rule of the fold depends on it.
    pub id: RecordId,
    /// Identity: two records with one natural key are one item.
    pub natural_key: NaturalKeyHash,
    /// Which content wins under one natural key.
    pub rank: ContentRank,
    /// Where it comes from.
    pub source: Source,
    /// The external session id.
    pub session_id: String,
    /// The projects that the delivering credential is bound to: one, or the list to pick from.
    pub projects: Vec<String>,
    /// Who delivered it, where the credential is a person's: their e-mail address or id.
    pub credential_user: Option<String>,
    /// The item's own time, microseconds UTC.
    pub at_us: Option<i64>,
    /// The redacted item, or null where only its metadata was kept.
    pub body: Value,
    /// What the client says about it.
    pub meta: Meta,
}

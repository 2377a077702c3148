//! Records of a session: what every document rests on, each with the proof that it is in the ledger.

pub(crate) mod download;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod of_step;

use argus_session::Source;
use argus_session::document::{Redaction, in_json_text};
use argus_store::{ContentState, RecordDetail, RecordProof, RecordRow};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::time::Time;
use crate::refusal::{ErrorCode, Refusal};

/// Longest content that is given with a record; the download has all of it.
const BODY_BYTES_MAX: usize = 128 * 1024;

/// A record without its content.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordHead {
    /// Its number: that of its leaf in the workspace's ledger.
    id: u64,
    source: Source,
    /// What the item calls itself: the hook's event, the line's type, the event, metric or span. Null when it has no name, or its
    /// content is gone.
    #[schema(required = true)]
    kind: Option<String>,
    /// The item's own time.
    #[schema(required = true)]
    at: Option<Time>,
    /// How long it took, of a span.
    #[schema(required = true)]
    duration_us: Option<i64>,
    received_at: Time,
    /// Version of the redaction rules that were applied.
    rule_version: u32,
    /// False when another content of the same item counts in its place, or its content is gone.
    counts: bool,
    /// The record that took its place, once its content was destroyed.
    #[schema(required = true)]
    superseded_by: Option<u64>,
    /// Its content could not be redacted and was dropped; its metadata is kept.
    dropped: bool,
    /// The session's content is off: only its metadata is kept.
    content_off: bool,
}

impl From<RecordRow> for RecordHead {
    fn from(row: RecordRow) -> Self {
        Self {
            id: row.id,
            source: row.source,
            kind: row.kind,
            at: row.at_us.map(Time),
            duration_us: row.duration_us,
            received_at: Time(row.received_at_us),
            rule_version: row.rule_version,
            counts: row.is_active,
            superseded_by: row.superseded_by,
            dropped: row.is_dropped,
            content_off: row.is_content_off,
        }
    }
}

/// Whether a record's content is what its leaf says.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RecordState {
    /// It was opened and fits the commitment in its leaf.
    Intact,
    /// It was erased: its leaf is all there is.
    Erased,
    /// It was destroyed: another record has what is left.
    Superseded,
    /// It is missing, or another: run `argus doctor`.
    Damaged,
}

impl From<ContentState> for RecordState {
    fn from(state: ContentState) -> Self {
        match state {
            ContentState::Intact => Self::Intact,
            ContentState::Erased => Self::Erased,
            ContentState::Superseded => Self::Superseded,
            ContentState::Damaged => Self::Damaged,
        }
    }
}

/// A record with its content and its proof.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordView {
    #[serde(flatten)]
    head: RecordHead,
    state: RecordState,
    /// Its redacted content; null when that is gone.
    #[schema(required = true)]
    body: Option<RecordBody>,
    /// The proof that it is in the ledger; null when its leaf is missing.
    #[schema(required = true)]
    proof: Option<Proof>,
}

/// A record's redacted content as JSON with indents.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RecordBody {
    /// The JSON; cut at 131,072 bytes, the download has all of it.
    text: String,
    /// Length of the whole JSON, in bytes.
    bytes_total: usize,
    /// What redaction replaced in the text that is given.
    redactions: Vec<Redaction>,
}

/// The proof that a record is in the workspace's ledger, a Merkle tree as in RFC 6962, section 2.1. Hashes are lower-case hex.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Proof {
    /// The leaf's 104 bytes: no content and no id stands in them, only keyed hashes, times and the commitment.
    leaf: String,
    /// SHA-256 of a zero byte and the leaf.
    leaf_hash: String,
    /// The salted commitment to the content, as the leaf holds it.
    commitment: String,
    /// The leaf's place.
    index: u64,
    /// Leaves of the tree that the path leads to.
    tree_size: u64,
    /// The root of that tree.
    root: String,
    /// The inclusion path, from the leaf up.
    path: Vec<String>,
}

impl From<RecordProof> for Proof {
    fn from(proof: RecordProof) -> Self {
        Self {
            leaf: hex::encode(proof.leaf),
            leaf_hash: hex::encode(proof.leaf_hash),
            commitment: hex::encode(proof.commitment),
            index: proof.index,
            tree_size: proof.size,
            root: hex::encode(proof.root),
            path: proof.path.iter().map(hex::encode).collect(),
        }
    }
}

impl RecordView {
    /// A record with its content cut at `body_bytes_max`.
    fn of(detail: RecordDetail, body_bytes_max: usize) -> Result<Self, Refusal> {
        let body = match &detail.body {
            Some(json) => {
                let mut text = written(json)?;
                let mut redactions = in_json_text(json, &detail.redactions, &text);
                let bytes_total = text.len();
                let end = text.floor_char_boundary(body_bytes_max.min(bytes_total));
                text.truncate(end);
                redactions.retain(|of| of.end as usize <= end);
                Some(RecordBody {
                    text,
                    bytes_total,
                    redactions,
                })
            }
            None => None,
        };
        Ok(Self {
            head: detail.row.into(),
            state: detail.state.into(),
            body,
            proof: detail.proof.map(Into::into),
        })
    }
}

fn written(json: &serde_json::Value) -> Result<String, Refusal> {
    serde_json::to_string_pretty(json)
        .map_err(|_| Refusal::new(ErrorCode::Internal, "the JSON could not be written"))
}

fn no_record() -> Refusal {
    Refusal::new(ErrorCode::NotFound, "this session has no such record")
}

/// A record's number in a path.
fn number(text: &str) -> Result<u64, Refusal> {
    text.parse().map_err(|_| no_record())
}

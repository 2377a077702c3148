//! Leaf v1: what the ledger keeps of a record or an act. Its bytes are frozen: `tests/leaf_v1.txt`.

use sha2::{Digest, Sha256};

use crate::Hash;

/// The salted commitment to a body.
pub type Commitment = [u8; 32];

/// Version of the layout, its first byte.
const VERSION: u8 = 1;
/// Length of an encoded leaf.
const LENGTH: usize = 1 + 1 + 1 + 1 + 16 + 16 + 16 + 8 + 8 + 4 + 32;
/// Separates the hash of a commitment from every other use of SHA-256 here.
const COMMITMENT_DOMAIN: &[u8] = b"argus/commitment/v1\0";

/// What a leaf stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeafKind {
    /// A source item.
    Record,
    /// What a person or the system did.
    Act,
}

/// What the ledger keeps of a record or an act.
///
/// Layout of its 104 bytes, integers big-endian: version (1), kind (1: record, 2: act), number of the source or act (1),
/// flags (bit 0: it has a time of its own), natural key (16), session (16), actor (16), own time (8, microseconds since
/// 1970 UTC, 0 without), received (8), rule version (4), commitment (32).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// What it stands for.
    pub kind: LeafKind,
    /// The number of the record's source, or of the act's kind.
    pub number: u8,
    /// Keyed hash of the natural key; of an act, of its id.
    pub natural_key: [u8; 16],
    /// Keyed hash of the session id; zeros where there is none.
    pub session: [u8; 16],
    /// Keyed hash of who delivered it or did it.
    pub actor: [u8; 16],
    /// The item's own time, microseconds since 1970 UTC.
    pub at_us: Option<i64>,
    /// When it was received, microseconds since 1970 UTC.
    pub received_at_us: i64,
    /// Version of the redaction rules that were applied.
    pub rule_version: u32,
    /// Commitment to the body.
    pub commitment: Commitment,
}

/// Why bytes are no leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// Another length.
    #[error("a leaf has {LENGTH} bytes, not {0}")]
    Length(usize),
    /// Another version.
    #[error("leaf version {0} is not known here: this is from a later release")]
    Version(u8),
    /// Another kind, or flags that no kind has.
    #[error("not a leaf: its kind or flags are none")]
    Kind,
}

impl Leaf {
    /// The leaf's bytes.
    #[must_use]
    pub fn encode(&self) -> [u8; LENGTH] {
        let mut bytes = [0; LENGTH];
        let mut at = 0;
        let mut put = |part: &[u8]| {
            bytes[at..at + part.len()].copy_from_slice(part);
            at += part.len();
        };
        let kind = match self.kind {
            LeafKind::Record => 1,
            LeafKind::Act => 2,
        };
        put(&[VERSION, kind, self.number, u8::from(self.at_us.is_some())]);
        put(&self.natural_key);
        put(&self.session);
        put(&self.actor);
        put(&self.at_us.unwrap_or(0).to_be_bytes());
        put(&self.received_at_us.to_be_bytes());
        put(&self.rule_version.to_be_bytes());
        put(&self.commitment);
        bytes
    }

    /// Reads a leaf's bytes.
    ///
    /// # Errors
    /// When they are not those of a leaf of this version.
    pub fn decode(bytes: &[u8]) -> Result<Self, LeafError> {
        let whole: &[u8; LENGTH] = bytes
            .try_into()
            .map_err(|_| LeafError::Length(bytes.len()))?;
        if whole[0] != VERSION {
            return Err(LeafError::Version(whole[0]));
        }
        let kind = match whole[1] {
            1 => LeafKind::Record,
            2 => LeafKind::Act,
            _ => return Err(LeafError::Kind),
        };
        let mut at = 4;
        let at_us = i64::from_be_bytes(part(whole, 52));
        let leaf = Self {
            kind,
            number: whole[2],
            natural_key: take(whole, &mut at),
            session: take(whole, &mut at),
            actor: take(whole, &mut at),
            at_us: (whole[3] == 1).then_some(at_us),
            received_at_us: i64::from_be_bytes(part(whole, 60)),
            rule_version: u32::from_be_bytes(part(whole, 68)),
            commitment: part(whole, 72),
        };
        if leaf.encode() == *whole {
            Ok(leaf)
        } else {
            Err(LeafError::Kind)
        }
    }

    /// The leaf's hash in the tree.
    #[must_use]
    pub fn hash(&self) -> Hash {
        crate::leaf_hash(&self.encode())
    }
}

fn part<const N: usize>(bytes: &[u8; LENGTH], from: usize) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&bytes[from..from + N]);
    out
}

fn take<const N: usize>(bytes: &[u8; LENGTH], at: &mut usize) -> [u8; N] {
    let out = part(bytes, *at);
    *at += N;
    out
}

/// The commitment to a body: SHA-256 of a domain, the salt and the body. The salt lives with the body, so that without
/// it there is nothing to guess.
#[must_use]
pub fn commitment(salt: &[u8; 32], body: &[u8]) -> Commitment {
    Sha256::new()
        .chain_update(COMMITMENT_DOMAIN)
        .chain_update(salt)
        .chain_update(body)
        .finalize()
        .into()
}

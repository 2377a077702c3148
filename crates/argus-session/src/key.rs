//! Natural keys: what makes two deliveries of one source item the same record.
//!
//! | source | natural key |
//! |---|---|
//! | transcript | session id, agent id (empty: main), then the record's `uuid`; without one: its type, HMAC of the line, how-manieth of its like |
//! | hook | the UUIDv7 that the capture client gave the call |
//! | log record, data point | the decoded item in canonical form, with resource and scope |
//! | span | trace id, span id |
//! | cowork audit line | session id, then `uuid`; without one as for a transcript |
//! | cowork metadata | as a transcript line, of what is kept of the file in canonical form |
//! | compliance session, message | `session` and its id and `updated_at`; `message`, the session's id and its own |
//! | inference hook | `call` and the request id; `message`, session id, fingerprint of what was said, how-manieth of its like |
//! | capture | the key in the envelope |
//!
//! A natural key is text or bytes as given here. The store keeps only a keyed hash of it, with the project scope and the
//! source mixed in, so that a key may hold the unredacted item.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// The key of one source item, unique within (workspace, project scope, source).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NaturalKey(Vec<u8>);

impl NaturalKey {
    /// A key that the client gave: of a hook call or of a capture item.
    #[must_use]
    pub fn given(key: &str) -> Self {
        Self(key.as_bytes().to_vec())
    }

    /// The key of a transcript (or Cowork audit) record that has a `uuid`.
    #[must_use]
    pub fn transcript_uuid(session_id: &str, agent_id: Option<&str>, uuid: &str) -> Self {
        Self::joined(&[session_id, agent_id.unwrap_or(""), "uuid", uuid])
    }

    /// The key of a transcript record without a `uuid`. `line` is the line without its end; `nth` counts, from 0, the
    /// lines of this file that have the same type and the same bytes. `line_key` is the workspace's key for lines, so
    /// that a key on its way to the server gives nothing to guess.
    #[must_use]
    pub fn transcript_line(
        session_id: &str,
        agent_id: Option<&str>,
        record_type: &str,
        line_key: &[u8; 32],
        line: &[u8],
        nth: u32,
    ) -> Self {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(line_key).expect("HMAC takes a key of any length");
        mac.update(line);
        let hash = hex::encode(mac.finalize().into_bytes());
        Self::joined(&[
            session_id,
            agent_id.unwrap_or(""),
            "line",
            record_type,
            &hash,
            &nth.to_string(),
        ])
    }

    /// The key of a log record or data point: its canonical form (see [`crate::canonical`]).
    #[must_use]
    pub fn canonical(canonical_item: Vec<u8>) -> Self {
        Self(canonical_item)
    }

    /// The key of a span. Ids in lower-case hex.
    #[must_use]
    pub fn span(trace_id: &str, span_id: &str) -> Self {
        Self::joined(&[trace_id, span_id])
    }

    /// The key as bytes: the input of the store's keyed hash.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    // A separator that no id contains: JSON strings from the sources may hold any character, but an id with a NUL in it
    // still gives one key, only not a readable one.
    fn joined(parts: &[&str]) -> Self {
        Self(parts.join("\0").into_bytes())
    }
}

impl std::fmt::Debug for NaturalKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A canonical key is the unredacted item: never into a log.
        write!(f, "NaturalKey({} bytes)", self.0.len())
    }
}

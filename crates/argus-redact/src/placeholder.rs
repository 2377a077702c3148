//! What stands in for what was replaced: `[redacted:TYPE:FINGERPRINT]`, or `[redacted:TYPE]` for what can be guessed.
//!
//! The fingerprint is ten hex digits of a keyed hash, so that one secret can be followed through a workspace and never
//! be recovered. Of what can be guessed, an e-mail address for instance, whoever has the key could find out: it has none.

use std::ops::Range;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const START: &str = "[redacted:";
/// Longest name of a type.
const KIND_BYTES_MAX: usize = 32;
/// Bytes of the keyed hash that are shown, in hex.
const FINGERPRINT_BYTES: usize = 5;

/// Makes placeholders with a workspace's key.
#[derive(Clone)]
pub(crate) struct Fingerprints(Hmac<Sha256>);

impl std::fmt::Debug for Fingerprints {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Nothing of the key.
        f.write_str("Fingerprints")
    }
}

impl Fingerprints {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        Self(Hmac::new_from_slice(key).expect("HMAC takes a key of any length"))
    }

    /// The placeholder for a secret.
    pub(crate) fn placeholder(&self, kind: &str, secret: &str) -> String {
        // The key's part is done once: a copy goes on from there.
        let mut mac = self.0.clone();
        mac.update(kind.as_bytes());
        mac.update(&[0]);
        mac.update(secret.as_bytes());
        let hash = mac.finalize().into_bytes();
        let mut hex = [0; FINGERPRINT_BYTES * 2];
        hex::encode_to_slice(&hash[..FINGERPRINT_BYTES], &mut hex).expect("two digits a byte");
        let hex = std::str::from_utf8(&hex).expect("digits");
        [START, kind, ":", hex, "]"].concat()
    }
}

/// The placeholder for what can be guessed.
pub(crate) fn without_fingerprint(kind: &str) -> String {
    format!("{START}{kind}]")
}

/// Where placeholders stand in `text`, in order: what is inside one was redacted before, and stays as it is. A secret beside
/// one, or around one, is a secret.
pub(crate) fn all(text: &str) -> Vec<Range<usize>> {
    memchr::memmem::find_iter(text.as_bytes(), START)
        .filter_map(|start| Some(start..start + length(&text[start..])?))
        .collect()
}

/// True when `text` is a placeholder and nothing else.
pub(crate) fn is_one(text: &str) -> bool {
    length(text) == Some(text.len())
}

/// Where the placeholder starts whose type begins at `at`; `None` when that is no placeholder with a fingerprint.
pub(crate) fn around_kind(text: &str, kind: &Range<usize>) -> Option<Range<usize>> {
    let start = kind.start.checked_sub(START.len())?;
    let is_kind = text.as_bytes().get(kind.end) == Some(&b':')
        && text.as_bytes()[start..].starts_with(START.as_bytes());
    let length = is_kind.then(|| length(&text[start..]))??;
    Some(start..start + length)
}

/// The length of the placeholder that `text` begins with.
pub(crate) fn length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix(START)?;
    let kind = inside
        .bytes()
        .position(|byte| !byte.is_ascii_lowercase() && !byte.is_ascii_digit() && byte != b'-')
        .filter(|kind| (1..=KIND_BYTES_MAX).contains(kind))?;
    let rest = &inside[kind..];
    if rest.starts_with(']') {
        return Some(START.len() + kind + 1);
    }
    let fingerprint = rest.strip_prefix(':')?.get(..FINGERPRINT_BYTES * 2)?;
    let is_hex = fingerprint
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    (is_hex && rest[1 + fingerprint.len()..].starts_with(']'))
        .then_some(START.len() + kind + 1 + fingerprint.len() + 1)
}

/// The type that a placeholder names.
pub(crate) fn kind(placeholder: &str) -> &str {
    let inside = placeholder.strip_prefix(START).unwrap_or_default();
    inside.split([':', ']']).next().unwrap_or_default()
}

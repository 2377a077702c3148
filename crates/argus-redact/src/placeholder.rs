//! What stands in for a secret: `[redacted:TYPE:FINGERPRINT]`.
//!
//! The fingerprint is ten hex digits of a keyed hash, so that one secret can be followed through a workspace and never
//! be recovered.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const START: &str = "[redacted:";
/// Bytes of the keyed hash that are shown, in hex.
const FINGERPRINT_BYTES: usize = 5;

/// The placeholder for `secret`.
pub(crate) fn make(kind: &str, secret: &str, key: &[u8; 32]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(kind.as_bytes());
    mac.update(&[0]);
    mac.update(secret.as_bytes());
    let hash = mac.finalize().into_bytes();
    format!("{START}{kind}:{}]", hex::encode(&hash[..FINGERPRINT_BYTES]))
}

/// True when `text` is a placeholder and nothing else: it was redacted before, and stays as it is. A secret beside one, or
/// around one, is a secret.
pub(crate) fn is_one(text: &str) -> bool {
    let parts = text
        .strip_prefix(START)
        .and_then(|rest| rest.strip_suffix(']'))
        .and_then(|inside| inside.split_once(':'));
    parts.is_some_and(|(kind, fingerprint)| {
        kind.bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'-')
            && fingerprint.len() == FINGERPRINT_BYTES * 2
            && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

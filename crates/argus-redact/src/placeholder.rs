//! What stands in for a secret: `[redacted:TYPE:FINGERPRINT]`.
//!
//! The fingerprint is ten hex digits of a keyed hash, so that one secret can be followed through a workspace and never
//! be recovered.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

const START: &str = "[redacted:";
/// A placeholder is at most this long: what looks like one and is longer is none.
const BYTES_MAX: usize = 64;

/// The placeholder for `secret`.
pub(crate) fn make(kind: &str, secret: &str, key: &[u8; 32]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(kind.as_bytes());
    mac.update(&[0]);
    mac.update(secret.as_bytes());
    let hash = mac.finalize().into_bytes();
    format!("{START}{kind}:{}]", hex::encode(&hash[..5]))
}

/// True when `text` holds a placeholder: it was redacted before, or a person typed one. Either way it is left alone.
pub(crate) fn is_in(text: &str) -> bool {
    let Some(start) = text.find(START) else {
        return false;
    };
    text[start..].find(']').is_some_and(|end| end < BYTES_MAX)
}

//! Texts that are nothing but what rules begin at, so that as many rules as can be are tried as often as can be.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Bytes of the shorter text.
pub(super) const TEXT_BYTES: usize = 64 * 1024;

const REPEATED: [(&str, &str); 14] = [
    ("sk-sk-sk-", "sk-"),
    ("ghp_ghp_ghp_", "ghp_"),
    ("eyJ.eyJ.eyJ.", "eyJhbGci."),
    (
        "BEGIN PRIVATE KEY, never an END",
        "-----BEGIN PRIVATE KEY-----\n",
    ),
    ("password=password=", "password="),
    ("\"password\": \"", "\"password\": \""),
    ("\"kty\" without an end", "{\"kty\":"),
    ("authorization: bearer", "authorization: bearer "),
    ("://@", "://@"),
    ("backslashes", "\\"),
    ("%25%25", "%25"),
    ("digits", "4111111111111111 "),
    ("one long number", "4"),
    ("open brackets", "[{\"a\":"),
];

/// What it is, a text of it, and one of four times the length.
pub(super) fn texts() -> Vec<(&'static str, String, String)> {
    let mut texts: Vec<(&str, String, String)> = REPEATED
        .iter()
        .map(|(what, piece)| {
            (
                *what,
                repeated(piece, TEXT_BYTES),
                repeated(piece, 4 * TEXT_BYTES),
            )
        })
        .collect();
    texts.push((
        "base64 in base64",
        encoded(TEXT_BYTES),
        encoded(4 * TEXT_BYTES),
    ));
    texts
}

fn repeated(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes.div_ceil(piece.len()))
}

/// Words, encoded again and again until they are long enough.
fn encoded(bytes: usize) -> String {
    let mut text = "a password in a text of words ".repeat(bytes / 200);
    while text.len() < bytes {
        text = STANDARD.encode(text);
    }
    text.truncate(bytes);
    text
}

//! Where numbers, e-mail addresses and addresses of machines may stand.

use std::ops::Range;

use crate::found::Found;
use crate::identifiers;

/// Looks at every digit, `@` and colon.
pub(crate) fn at_numbers(text: &str, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let mut push = |kind, range: Range<usize>| {
        let value = &text[range.clone()];
        found.push(Found::identifier(kind, range.clone(), value));
    };
    let mut at = 0;
    while let Some(next) = next_sign(bytes, at) {
        at = next;
        match CLASSES[usize::from(bytes[at])] {
            Class::Other => at += 1,
            Class::Digit => {
                let before = at.checked_sub(1).map_or(b' ', |before| bytes[before]);
                if before.is_ascii_uppercase() {
                    if let Some(range) = identifiers::iban(text, at) {
                        at = range.end;
                        push("iban", range);
                        continue;
                    }
                } else if !before.is_ascii_alphanumeric()
                    && before != b'_'
                    && let Some(identifier) = identifiers::at_digit(text, at)
                {
                    at = identifier.range.end;
                    push(identifier.kind, identifier.range);
                    continue;
                }
                while at < bytes.len() && bytes[at].is_ascii_digit() {
                    at += 1;
                }
            }
            Class::At => {
                if let Some(range) = identifiers::email(text, at) {
                    push("email", range);
                }
                at += 1;
            }
            Class::Colon => {
                if bytes
                    .get(at + 1)
                    .is_some_and(|next| next.is_ascii_hexdigit() || *next == b':')
                    && at > 0
                    && bytes[at - 1].is_ascii_hexdigit()
                    && let Some(range) = identifiers::ipv6(text, at)
                {
                    at = range.end;
                    push("ip-address", range);
                } else {
                    at += 1;
                }
            }
        }
    }
}

/// The next byte at which a number, an address or a name of somebody may be: many bytes at a time, as most are letters.
fn next_sign(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(chunk) = bytes[at..].first_chunk::<SIGN_CHUNK_BYTES>() {
        // Digits and the colon follow one another. Without branches, so that the compiler takes all bytes at once.
        let any = chunk.iter().fold(0u8, |any, byte| {
            any | u8::from(byte.wrapping_sub(b'0') <= b':' - b'0') | u8::from(*byte == b'@')
        });
        if any != 0 {
            break;
        }
        at += SIGN_CHUNK_BYTES;
    }
    bytes[at..]
        .iter()
        .position(|byte| CLASSES[usize::from(*byte)] != Class::Other)
        .map(|found| at + found)
}

const SIGN_CHUNK_BYTES: usize = 16;

#[derive(Clone, Copy, PartialEq)]
enum Class {
    Other,
    Digit,
    At,
    Colon,
}

static CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut digit = b'0';
    while digit <= b'9' {
        classes[digit as usize] = Class::Digit;
        digit += 1;
    }
    classes[b'@' as usize] = Class::At;
    classes[b':' as usize] = Class::Colon;
    classes
};

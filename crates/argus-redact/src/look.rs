//! What a value looks like: made at random, a word, a piece of code, a template.

use crate::bytes::Bytes;
use crate::letters;

/// Share of a value that must lie in random stretches for all of it to be random, in percent.
const RANDOM_SHARE_MIN: usize = 60;
/// Longest name that begins with that of an algorithm.
const ALGORITHM_NAME_BYTES_MAX: usize = 32;
/// Shortest random stretch.
const RANDOM_BYTES_MIN: usize = 8;
/// Fewest letters that are told from words.
const RANDOM_LETTERS_BYTES_MIN: usize = 16;
/// What such letters must come to: at random they do in 99 of 100 cases, names in code in one of 300.
const RANDOM_LETTERS_QUARTER_BITS_MIN: i32 = 16;

/// True for what was made at random: letters and digits that alternate, hexadecimal digits, letters whose case follows no
/// rule. Words, numbers, names with a version and paths are not.
pub(crate) fn is_random(value: &str, bytes_min: usize) -> bool {
    if value.len() < bytes_min || !value.is_ascii() || has_one_letter_only(value) {
        return false;
    }
    let (mut all, mut random, mut longest) = (0, 0, 0);
    for part in value
        .as_bytes()
        .split(|byte| CLASSES[usize::from(*byte)] == SIGN)
    {
        all += part.len();
        if is_random_part(part) {
            random += part.len();
            longest = longest.max(part.len());
        }
    }
    longest >= RANDOM_BYTES_MIN.min(bytes_min) && random * 100 >= all * RANDOM_SHARE_MIN
        || is_random_base64(value.as_bytes())
}

/// Base64 that its own signs cut into short pieces: `rwzodEIE/gHwADVFs/fU6HprpA`. A path has words, whose case turns less often
/// and whose letters are those of words.
fn is_random_base64(value: &[u8]) -> bool {
    let is_sign = |byte: u8| matches!(byte, b'/' | b'+' | b'=');
    if value.starts_with(b"/")
        || memchr::memchr2(b'/', b'+', value).is_none()
        || !value
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || is_sign(*byte))
    {
        return false;
    }
    let (mut length, mut turns, mut before) = (0, 0, SIGN);
    for byte in value {
        let class = CLASSES[usize::from(*byte)];
        if class != SIGN {
            let is_turn =
                before == LOWER && class == UPPER || (before == DIGIT) != (class == DIGIT);
            turns += usize::from(is_turn && before != SIGN);
            length += 1;
            before = class;
        }
    }
    length >= 20
        && (turns * 5 >= length
            || letters::random_quarter_bits(value) >= RANDOM_LETTERS_QUARTER_BITS_MIN)
}

const SIGN: u8 = 0;
const DIGIT: u8 = 1;
const LOWER: u8 = 2;
const UPPER: u8 = 3;

/// What a byte is: a table, as branches on what was made at random cost much.
static CLASSES: [u8; 256] = {
    let mut classes = [SIGN; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' => LOWER,
            // Letters beyond ASCII count as capitals.
            b'A'..=b'Z' | 0x80.. => UPPER,
            _ => SIGN,
        };
        byte += 1;
    }
    classes
};

/// Names of curves, digests and encodings: digits in them make no key of what they stand in, `Ed25519PublicKey` for instance.
const ALGORITHMS: [&str; 10] = [
    "ed25519",
    "ed448",
    "x25519",
    "x448",
    "curve25519",
    "secp256",
    "sha256",
    "sha512",
    "base64",
    "utf8",
];

/// The name of an algorithm that goes on in letters alone.
fn is_of_algorithm(part: &[u8]) -> bool {
    part.len() <= ALGORITHM_NAME_BYTES_MAX
        && ALGORITHMS.iter().any(|algorithm| {
            part.get(..algorithm.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(algorithm.as_bytes()))
                && part[algorithm.len()..].iter().all(u8::is_ascii_alphabetic)
        })
}

fn is_random_part(part: &[u8]) -> bool {
    let length = part.len();
    if length < 4 {
        return false;
    }
    let (mut digits, mut lower, mut turns) = (0, 0, 0);
    let mut before = CLASSES[usize::from(part[0])];
    for byte in part {
        let class = CLASSES[usize::from(*byte)];
        digits += usize::from(class == DIGIT);
        lower += usize::from(class == LOWER);
        turns += usize::from(class != before);
        before = class;
    }
    let letters = length - digits;
    let upper = letters - lower;
    let is_random = if length < 8 {
        digits > 0 && letters > 0 && turns >= 2
    } else if digits == 0 {
        is_random_letters(part)
    } else if letters == 0 {
        false
    } else {
        // `sha256`, `utf8`, `section12`: one turn. `v2beta1`: three, but short words.
        turns >= 3 && (digits >= 2 || length >= 16)
            || length >= 16 && turns >= 2 && digits >= 3
            || upper > 0 && lower > 0 && turns >= 3
    };
    is_random && !is_of_algorithm(part)
}

/// Letters alone, of which a few tell nothing.
fn is_random_letters(part: &[u8]) -> bool {
    part.len() >= RANDOM_LETTERS_BYTES_MIN
        && letters::random_quarter_bits(part) >= RANDOM_LETTERS_QUARTER_BITS_MIN
}

/// True when there are fewer than four kinds of bytes.
fn has_one_letter_only(value: &str) -> bool {
    let bytes = value.as_bytes();
    let mut kinds = [bytes.first().copied().unwrap_or_default(); 3];
    let mut count = 1;
    for byte in bytes {
        if !kinds.contains(byte) {
            let Some(kind) = kinds.get_mut(count) else {
                return false;
            };
            *kind = *byte;
            count += 1;
        }
    }
    true
}

/// True for hexadecimal digits, letters among them or not, of a length that keys have.
pub(crate) fn is_hex(value: &str) -> bool {
    value.len() >= 16
        && value.bytes().all(|byte| byte.is_ascii_hexdigit())
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && !has_one_letter_only(value)
}

/// True for a UUID, with any letters and digits where hexadecimal ones belong.
pub(crate) fn is_uuid(value: &str) -> bool {
    value.len() == 36
        && value.bytes().enumerate().all(|(at, byte)| {
            if matches!(at, 8 | 13 | 18 | 23) {
                byte == b'-'
            } else {
                byte.is_ascii_alphanumeric()
            }
        })
}

/// True for what stands in for a value: a variable, a template, dots, stars, an example's words.
pub(crate) fn is_template(value: &str) -> bool {
    let trimmed = value.trim();
    if trimmed.is_empty() {
        return true;
    }
    let bytes = trimmed.as_bytes();
    if bytes.iter().all(u8::is_ascii_alphanumeric) {
        return bytes.iter().all(|byte| matches!(byte, b'x' | b'X' | b'0')) || is_alphabet(trimmed);
    }
    if let [b'$', next, ..] = bytes
        && (matches!(next, b'{' | b'(' | b'_' | b'$')
            || next.is_ascii_uppercase() && is_name(&trimmed[1..])
            || next.is_ascii_lowercase() && is_name(&trimmed[1..]))
    {
        return true;
    }
    if !bytes.iter().any(|byte| TEMPLATE_SIGNS.has(*byte)) {
        return is_blank(bytes)
            || trimmed.starts_with("__") && trimmed.ends_with("__")
            || is_alphabet(trimmed);
    }
    let is_enclosed =
        |open: &str, close: &str| trimmed.starts_with(open) && trimmed.ends_with(close);
    is_enclosed("<", ">")
        || is_enclosed("%", "%")
        || is_enclosed("__", "__")
        || has_variable(trimmed, "${", "}")
        || has_variable(trimmed, "{{", "}}")
        || trimmed.contains("%>") && has_variable(trimmed, "<%", "%>")
        || trimmed.contains('}') && (has_variable(trimmed, "#{", "}") || has_field(trimmed))
        || trimmed.contains("$(") && trimmed.ends_with(')')
        || trimmed.contains("%s")
        || is_enclosed("{", "}")
        || is_enclosed("[", "]")
        || trimmed.starts_with("...")
        || trimmed.ends_with("...")
        || trimmed.starts_with('<')
        || is_blank(bytes)
        || trimmed.contains('…')
        || trimmed.contains("***")
        || is_alphabet(trimmed)
}

/// One of these is in every template but `__NAME__`: the last is the first byte of `…`.
static TEMPLATE_SIGNS: Bytes = Bytes::of(b"<%${[.*\xe2");

/// Nothing but what stands for a letter that is not told.
fn is_blank(bytes: &[u8]) -> bool {
    static BLANKS: Bytes = Bytes::of(b"*xX.-_#?0");
    bytes.iter().all(|byte| BLANKS.has(*byte))
}

/// A name, a path of names or a call between two signs: `${DB_PASSWORD:-x}`, `{{ .Values.token }}`.
fn has_variable(text: &str, open: &str, close: &str) -> bool {
    text.match_indices(open).any(|(at, _)| {
        let inside = &text[at + open.len()..];
        inside.find(close).is_none_or(|end| {
            inside[..end].bytes().all(|byte| {
                byte.is_ascii_alphanumeric()
                    || matches!(
                        byte,
                        b' ' | b'_'
                            | b'.'
                            | b'-'
                            | b':'
                            | b'$'
                            | b'/'
                            | b'\''
                            | b'"'
                            | b'['
                            | b']'
                            | b'('
                            | b')'
                            | b'|'
                            | b'?'
                    )
            })
        }) && (inside.contains(close)
            || inside.len() > 1
                && inside
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'_' | b'.')))
    })
}

/// A field of a format: `{user}:{password}`.
fn has_field(text: &str) -> bool {
    text.match_indices('{').any(|(at, _)| {
        let inside = &text[at + 1..];
        inside.find('}').is_some_and(|end| {
            end >= 2
                && inside[..end]
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':'))
        })
    })
}

/// An alphabet, as encoders have it.
fn is_alphabet(text: &str) -> bool {
    text.len() >= 52 && text.contains("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
}

/// True for a name as programs have them.
fn is_name(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !is_random(text, 8)
}

/// True for a value that says what kind of value it is, or that there is none.
pub(crate) fn is_filler(value: &str) -> bool {
    const WORDS: [&str; 46] = [
        "true",
        "false",
        "null",
        "none",
        "nil",
        "undefined",
        "nan",
        "string",
        "str",
        "text",
        "int",
        "integer",
        "number",
        "boolean",
        "bool",
        "object",
        "array",
        "any",
        "unknown",
        "required",
        "optional",
        "yes",
        "no",
        "on",
        "off",
        "void",
        "default",
        "empty",
        "default_value",
        "bytes",
        "value",
        "varchar",
        "hidden",
        "todo",
        "env",
        "file",
        "prompt",
        "auto",
        "redacted",
        "masked",
        "changeme",
        "change_me",
        "n/a",
        "enabled",
        "disabled",
        "self",
    ];
    // The longest has so many bytes.
    value.len() <= 13 && WORDS.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// True for words in a row or one word: `next-token`, `API_KEY`, `Password`, `my.config.name`.
pub(crate) fn is_wordy(value: &str) -> bool {
    if value.is_ascii() {
        let mut parts = value
            .as_bytes()
            .split(|byte| CLASSES[usize::from(*byte)] == SIGN);
        return parts.all(|part| {
            part.iter().all(u8::is_ascii_alphabetic) && !is_random_part(part)
                || part.len() <= 4 && part.iter().all(u8::is_ascii_digit)
        });
    }
    let mut parts = value
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    parts.all(|part| {
        part.chars().all(char::is_alphabetic) && !is_random_part(part.as_bytes())
            || part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_is_told_from_words() {
        for random in [
            "Zf3D0LXCM3EIMbgJpUNnkRtOfOueHznB",
            "0024a29224affe29d173c0bf99e5a89d",
            "DdZV6ZDZW6Vpl7n7JqtrCE5i",
            "abcdef1234567890abcdef12",
            "rwzodEIE/gHwADVFs/fU6HprpA",
            "pRf7vG2h1L8nQkW9",
            "8gNfR3bC7mJ6p9eK4t8wQ2",
            "FnD83JZs",
        ] {
            assert!(is_random(random, 8), "{random}");
        }
        for word in [
            "getPagesInConfluenceSpace",
            "claude-opus-4-5",
            "us-east-1",
            "my_service_account_2",
            "v1beta1",
            "sha256",
            "application/json",
            "aaaaaaaaaaaaaaaaaa",
            "internationalization",
            "1234567890123456",
            "HTTP_PROXY_HOST",
            "app/Http/Controllers/V1Controller",
            "utf8mb4_general_ci",
            "2026-11-26T10:00:00Z",
        ] {
            assert!(!is_random(word, 8), "{word}");
        }
    }
}

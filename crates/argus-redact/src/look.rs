//! What a value looks like: made at random, a word, a piece of code, a template.

/// Share of a value that must lie in random stretches for all of it to be random, in percent.
const RANDOM_SHARE_MIN: usize = 60;
/// Longest name that begins with that of an algorithm.
const ALGORITHM_NAME_BYTES_MAX: usize = 32;
/// Shortest random stretch.
const RANDOM_BYTES_MIN: usize = 8;

/// True for what was made at random: letters and digits that alternate, hexadecimal digits, letters whose case follows no
/// rule. Words, numbers, names with a version and paths are not.
pub(crate) fn is_random(value: &str, bytes_min: usize) -> bool {
    if value.len() < bytes_min || !value.is_ascii() || has_one_letter_only(value) {
        return false;
    }
    let mut random = 0;
    let mut longest = 0;
    for part in value.split(|c: char| !c.is_ascii_alphanumeric()) {
        if is_random_part(part) {
            random += part.len();
            longest = longest.max(part.len());
        }
    }
    let separators = value
        .bytes()
        .filter(|byte| !byte.is_ascii_alphanumeric())
        .count();
    if is_random_base64(value) {
        return true;
    }
    longest >= RANDOM_BYTES_MIN.min(bytes_min)
        && random * 100 >= (value.len() - separators) * RANDOM_SHARE_MIN
}

/// Base64 that its own signs cut into short pieces: `rwzodEIE/gHwADVFs/fU6HprpA`. A path has words, whose case turns less often.
fn is_random_base64(value: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'+' | b'=');
    if value.starts_with('/') || !value.contains(['/', '+']) || !value.bytes().all(is_digit) {
        return false;
    }
    let joined: Vec<u8> = value.bytes().filter(u8::is_ascii_alphanumeric).collect();
    let turns = joined
        .windows(2)
        .filter(|pair| {
            pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase()
                || pair[0].is_ascii_digit() != pair[1].is_ascii_digit()
        })
        .count();
    joined.len() >= 20 && turns * 5 >= joined.len()
}

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

fn is_random_part(part: &str) -> bool {
    let goes_on_in_letters = |algorithm: &&str| {
        part.get(..algorithm.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(algorithm))
            && part[algorithm.len()..]
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic())
    };
    if part.len() <= ALGORITHM_NAME_BYTES_MAX && ALGORITHMS.iter().any(goes_on_in_letters) {
        return false;
    }
    let (mut upper, mut lower, mut digits, mut turns, mut case_turns) = (0usize, 0usize, 0, 0, 0);
    let mut before = 0u8;
    for byte in part.bytes() {
        let class = match byte {
            b'0'..=b'9' => {
                digits += 1;
                1
            }
            b'a'..=b'z' => {
                lower += 1;
                2
            }
            _ => {
                upper += 1;
                3
            }
        };
        if before != 0 && class != before {
            turns += 1;
            // From a capital into its word is no turn.
            if before == 2 && class == 3 {
                case_turns += 1;
            }
        }
        before = class;
    }
    let letters = upper + lower;
    match part.len() {
        0..4 => false,
        4..8 => digits > 0 && letters > 0 && turns >= 2,
        length => {
            if digits == 0 {
                is_random_letters(part, upper, lower, case_turns)
            } else if letters == 0 {
                false
            } else {
                // `sha256`, `utf8`, `section12`: one turn. `v2beta1`: three, but short words.
                turns >= 3 && (digits >= 2 || length >= 16)
                    || length >= 16 && turns >= 2 && digits >= 3
                    || upper > 0 && lower > 0 && turns >= 3
            }
        }
    }
}

/// Letters alone: the case follows no rule, or there are hardly any vowels.
fn is_random_letters(part: &str, upper: usize, lower: usize, case_turns: usize) -> bool {
    let length = part.len();
    if length < 16 {
        return false;
    }
    let vowels = part
        .bytes()
        .filter(|byte| {
            matches!(
                byte.to_ascii_lowercase(),
                b'a' | b'e' | b'i' | b'o' | b'u' | b'y'
            )
        })
        .count();
    if upper > 0 && lower > 0 {
        // A word of `camelCase` has some six letters.
        case_turns * 4 >= length || case_turns * 5 >= length && vowels * 4 < length
    } else {
        vowels * 5 < length
    }
}

fn has_one_letter_only(value: &str) -> bool {
    let mut seen = [false; 256];
    let mut kinds = 0;
    for byte in value.bytes() {
        if !std::mem::replace(&mut seen[usize::from(byte)], true) {
            kinds += 1;
        }
    }
    kinds < 4
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
        || bytes.iter().all(|byte| {
            matches!(
                byte,
                b'*' | b'x' | b'X' | b'.' | b'-' | b'_' | b'#' | b'?' | b'0'
            )
        })
        || trimmed.contains('…')
        || trimmed.contains("***")
        || is_alphabet(trimmed)
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
    let mut parts = value
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty());
    parts.all(|part| {
        part.chars().all(char::is_alphabetic) && !is_random_part(part)
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

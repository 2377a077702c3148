//! Lone surrogates in JSON. JavaScript cuts strings between the two halves of a character and writes the half as an
//! escape (`\ud83d`); strict JSON readers refuse the whole text for it. In protobuf the same client writes U+FFFD.

/// The text with every `\uD800`-`\uDFFF` escape that has no other half replaced by `\ufffd`, or nothing when there is none.
#[must_use]
pub fn without_lone_surrogates(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut out: Option<Vec<u8>> = None;
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        at += found;
        let Some(unit) = escape(bytes, at) else {
            // Another escape, such as `\\` or `\n`: both bytes are passed.
            at = (at + 2).min(bytes.len());
            continue;
        };
        let is_pair = (0xd800..0xdc00).contains(&unit)
            && escape(bytes, at + 6).is_some_and(|low| (0xdc00..0xe000).contains(&low));
        if is_pair {
            at += 12;
            continue;
        }
        if (0xd800..0xe000).contains(&unit) {
            let out = out.get_or_insert_with(|| bytes.to_vec());
            out[at + 2..at + 6].copy_from_slice(b"fffd");
        }
        at += 6;
    }
    out.and_then(|bytes| String::from_utf8(bytes).ok())
}

/// The code unit of a `\uXXXX` at this place.
fn escape(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_halves_are_replaced() {
        assert_eq!(
            without_lone_surrogates(r#""\ud83d\ude00 \\ud83d \n""#),
            None
        );
        assert_eq!(
            without_lone_surrogates(r#""a\ud83d""#).as_deref(),
            Some(r#""a\ufffd""#)
        );
        assert_eq!(
            without_lone_surrogates(r#""\ude00\ud83d\ude00""#).as_deref(),
            Some(r#""\ufffd\ud83d\ude00""#)
        );
        assert_eq!(without_lone_surrogates(r#"\u"#), None);
    }
}

//! Pictures of a tool's output, by what their bytes say: never by what their sender calls them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;

/// Longest picture, in characters of base64.
const BASE64_MAX: usize = 8_000_000;
/// Enough of it to tell what it is.
const HEAD_CHARACTERS: usize = 32;

/// The bytes of a content block that is a picture, as base64.
pub(super) fn base64_of(block: &Value) -> Option<&str> {
    if block.get("type").and_then(Value::as_str) != Some("image") {
        return None;
    }
    // The model's form has a `source`, the protocol's own has the data beside the type.
    let source = block
        .get("source")
        .filter(|source| source.is_object())
        .unwrap_or(block);
    source.get("data").and_then(Value::as_str)
}

/// What kind of picture it is; `None` for anything that is no plain picture of a sane size.
pub(super) fn media_type(base64: &str) -> Option<&'static str> {
    let is_plain = base64.len() <= BASE64_MAX
        && base64
            .trim_end_matches('=')
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'));
    if !is_plain {
        return None;
    }
    let head = BASE64_STANDARD
        .decode(base64.get(..HEAD_CHARACTERS)?)
        .ok()?;
    match head.as_slice() {
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        [b'G', b'I', b'F', b'8', ..] => Some("image/gif"),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_picture_is_what_its_bytes_say() {
        let png = format!("iVBORw0KGgo{}", "A".repeat(40));
        assert_eq!(media_type(&png), Some("image/png"));
        let svg = BASE64_STANDARD.encode("<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>");
        assert_eq!(media_type(&svg), None);
        assert_eq!(media_type(&format!("{png}\" onerror=\"x")), None);
        let block = json!({"type": "image", "source": {"media_type": "text/html", "data": png}});
        assert_eq!(base64_of(&block), Some(png.as_str()));
        assert_eq!(base64_of(&json!({"type": "text", "data": png})), None);
    }
}

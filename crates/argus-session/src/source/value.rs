//! Lenient reading of JSON from clients: a number may come as a string, a boolean as a word.

use serde_json::Value;

/// The string at a JSON pointer, unless it is empty.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> Option<&'a str> {
    value
        .pointer(pointer)?
        .as_str()
        .filter(|text| !text.is_empty())
}

/// The same, owned.
pub(crate) fn string(value: &Value, pointer: &str) -> Option<String> {
    text(value, pointer).map(str::to_owned)
}

/// The integer at a JSON pointer: a number, or a string that holds one.
pub(crate) fn int(value: &Value, pointer: &str) -> Option<i64> {
    match value.pointer(pointer)? {
        Value::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Value::String(text) => text
            .trim()
            .parse()
            .ok()
            .or_else(|| whole(text.trim().parse().ok()?)),
        _ => None,
    }
}

/// The count at a JSON pointer.
pub(crate) fn count(value: &Value, pointer: &str) -> Option<u64> {
    int(value, pointer).and_then(|number| u64::try_from(number).ok())
}

/// The number at a JSON pointer.
pub(crate) fn float(value: &Value, pointer: &str) -> Option<f64> {
    let number = match value.pointer(pointer)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number| number.is_finite())
}

/// The boolean at a JSON pointer, or the word for it.
pub(crate) fn boolean(value: &Value, pointer: &str) -> Option<bool> {
    match value.pointer(pointer)? {
        Value::Bool(boolean) => Some(*boolean),
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// Milliseconds at a JSON pointer, as microseconds.
pub(crate) fn ms_as_us(value: &Value, pointer: &str) -> Option<i64> {
    let ms = float(value, pointer)?;
    whole(ms * 1_000.0)
}

/// US dollars as nano-USD.
pub(crate) fn nanousd(usd: f64) -> Option<i64> {
    whole(usd * 1e9)
}

fn whole(number: f64) -> Option<i64> {
    // Within 2^53 every integer has a double of its own; beyond it a figure from a client is no figure.
    const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the bound above leaves nothing to truncate but the fraction"
    )]
    (number.is_finite() && number.abs() <= EXACT_MAX).then(|| number.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_and_booleans_are_read_from_either_form() {
        let body =
            json!({"a": "58", "b": 58, "c": 58.0, "d": "x", "e": true, "f": "False", "g": 1e300});
        for pointer in ["/a", "/b", "/c"] {
            assert_eq!(int(&body, pointer), Some(58));
            assert_eq!(ms_as_us(&body, pointer), Some(58_000));
        }
        assert_eq!(
            (int(&body, "/d"), int(&body, "/g"), int(&body, "/nothing")),
            (None, None, None)
        );
        assert_eq!(
            (
                boolean(&body, "/e"),
                boolean(&body, "/f"),
                boolean(&body, "/a")
            ),
            (Some(true), Some(false), None)
        );
        assert_eq!(nanousd(0.001_760_000_000_000_000_3), Some(1_760_000));
    }
}

//! What holds for every text, on texts that are put together of what the rules look for.

use std::sync::LazyLock;

use argus_redact::{Dropped, Redactor};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Pieces that begin, end, cut off and disguise secrets.
fn piece() -> impl Strategy<Value = String> {
    let fixed = [
        "password",
        "api_key",
        "TOKEN",
        "secret",
        "Authorization: Bearer ",
        "Basic ",
        " -u user:",
        "://user:",
        "@host/",
        "=",
        ": ",
        ":=",
        "=>",
        "\"",
        "'",
        "`",
        "\\\"",
        "\\n",
        "\\",
        "\n",
        "\r\n",
        " ",
        ",",
        ";",
        "(",
        ")",
        "{",
        "}",
        "[",
        "]",
        "<",
        ">",
        "%20",
        "%3D",
        "\u{1b}[31m",
        "\u{1b}[0m",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "MIIEvQIBADANBgkqhkiG9w0B",
        "Private-Lines: 2\n",
        "{\"kty\":\"RSA\",\"d\":\"",
        "kind: Secret\ndata:\n  a: ",
        "[redacted:secret:0123456789]",
        "[redacted:email]",
        "[redacted:",
        "0123456789]",
        "4111 1111 1111 1111",
        "phone 030 1234567",
        "+44 20 7946 0958",
        "someone@example.org",
        "8.8.4.4",
        "GB29NWBK60161331926819",
        "460-89-9847",
        "2a00:1450:4001:81b::200e",
        "hunter2hunter2",
        "Zx9-quiet-harbour",
        "0024a29224affe29d173c0bf99e5a89d",
        "c2VjcmV0OiBodW50ZXIyaHVudGVyMg",
        "machine x login y password ",
        "\"env\":{\"A\":\"",
        "\"headers\":{\"X\":\"",
        "sk-ant-api03-aB3dE5gH7jK9mN1pQ2rS",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTYifQ.aB3dE5gH7jK9",
        "é",
        "→",
        "heroku",
        "identified by ",
    ];
    prop_oneof![
        8 => (0..fixed.len()).prop_map(move |place| fixed[place].to_owned()),
        1 => "[a-zA-Z0-9_./+-]{1,30}",
        1 => "\\PC{1,4}",
        1 => Just(format!("ghp_{}", "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zaB3dE")),
        1 => Just(format!("AKIA{}", "ABCDEFGH234567XY")),
    ]
}

/// Made once: compiling the rules takes longer than a text.
static REDACTOR: LazyLock<Redactor> = LazyLock::new(Redactor::without_workspace);

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn a_second_time_changes_nothing(text in text()) {
        let redactor = &*REDACTOR;
        let once = redactor.redact_text(&text);
        prop_assume!(once.dropped.is_none());
        let twice = redactor.redact_text(&once.text);
        prop_assert_eq!(&twice.text, &once.text);
        prop_assert!(twice.spans.is_empty());
    }

    #[test]
    fn texts_are_not_dropped_for_being_odd(text in text()) {
        prop_assert_eq!(REDACTOR.redact_text(&text).dropped, None::<Dropped>);
    }

    #[test]
    fn spans_are_in_order_and_lead_to_placeholders(text in text()) {
        let redacted = REDACTOR.redact_text(&text);
        let (mut end, mut input_end) = (0, 0);
        let mut rebuilt = String::new();
        for span in &redacted.spans {
            prop_assert!(span.start >= end && span.input_start >= input_end && span.input_end > span.input_start);
            prop_assert_eq!(&text[input_end..span.input_start], &redacted.text[end..span.start]);
            let placeholder = &redacted.text[span.start..span.end];
            prop_assert!(placeholder.starts_with(&format!("[redacted:{}", span.kind)) && placeholder.ends_with(']'), "{}", placeholder);
            rebuilt.push_str(&redacted.text[end..span.start]);
            rebuilt.push_str(placeholder);
            (end, input_end) = (span.end, span.input_end);
        }
        prop_assert_eq!(&text[input_end..], &redacted.text[end..]);
    }

    #[test]
    fn what_was_replaced_stands_nowhere_else(text in text()) {
        let redacted = REDACTOR.redact_text(&text);
        let is_secret = |kind: &str| redacted.text.contains(&format!("[redacted:{kind}:"));
        for span in redacted.spans.iter().filter(|span| is_secret(&span.kind)) {
            let value = &text[span.input_start..span.input_end];
            let is_random = value.len() >= 16 && value.is_ascii() && value.bytes().filter(u8::is_ascii_digit).count() >= 3 && value.bytes().all(|byte| byte.is_ascii_alphanumeric());
            prop_assert!(!is_random || !redacted.text.contains(value), "{} in {}", value, redacted.text);
        }
    }

    #[test]
    fn json_keeps_its_structure(texts in proptest::collection::vec(text(), 1..4), name in "(env|headers|content|stdout|password|x)") {
        let redactor = &*REDACTOR;
        let inner = json!({ name.as_str(): texts[0], "n": [1, true, null] }).to_string();
        let item = json!({"tool_input": inner, "more": texts, name.as_str(): {"A": texts[0]}});
        let once = redactor.redact_json(item);
        prop_assert_eq!(once.dropped(), None);
        let value = once.value();
        if let Value::String(inner) = &value["tool_input"] {
            prop_assert!(inner.starts_with("[redacted:") || serde_json::from_str::<Value>(inner).is_ok(), "{}", inner);
        }
        for span in once.spans() {
            let text = value.pointer(&span.pointer).and_then(Value::as_str).unwrap_or_default();
            let placeholder = text.get(span.start as usize..span.end as usize).unwrap_or_default();
            prop_assert!(placeholder.starts_with(&format!("[redacted:{}", span.kind)) && placeholder.ends_with(']'), "{:?} {}", span, text);
        }
        let twice = redactor.redact_json(value.clone());
        prop_assert_eq!(twice.value(), value);
        prop_assert!(twice.spans().is_empty());
    }
}

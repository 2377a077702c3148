//! What holds for whatever is redacted.

use argus_redact::Span;
use serde_json::Value;

use crate::way::REDACTOR;

/// Spans lead to placeholders, all else stays as it was, and a second time changes nothing.
pub(crate) fn of_text(text: &str) {
    let once = REDACTOR.redact_text(text);
    if once.dropped.is_none() {
        only_spans_changed(text, &once.text, &once.spans);
    }
    let twice = REDACTOR.redact_text(&once.text);
    assert_eq!(twice.text, once.text, "redacting again changes nothing");
    assert_eq!(twice.spans, [], "what was redacted is not redacted again");
}

/// Spans are in order, on the borders of characters in both texts, and what stands between them is the same in both.
fn only_spans_changed(text: &str, redacted: &str, spans: &[Span]) {
    let (mut end, mut input_end) = (0, 0);
    for span in spans {
        assert!(span.input_start < span.input_end, "empty: {span:?}");
        assert_eq!(
            text.get(input_end..span.input_start).expect("in order"),
            redacted.get(end..span.start).expect("in order"),
            "before {span:?}"
        );
        is_placeholder(redacted, &span.kind, span.start, span.end);
        (end, input_end) = (span.end, span.input_end);
    }
    assert_eq!(text.get(input_end..), redacted.get(end..), "at the end");
}

/// Names of members, numbers and structure stay, spans lead to placeholders, and a second time changes nothing.
pub(crate) fn of_json(value: &Value) {
    let once = REDACTOR.redact_json(value.clone());
    if once.dropped().is_none() {
        same_structure(value, once.value(), "");
    }
    for span in once.spans() {
        let (start, end) = (span.start as usize, span.end as usize);
        if span.of_name {
            assert!(once.value().pointer(&span.pointer).is_some(), "{span:?}");
            let name = span.pointer.rsplit('/').next().unwrap_or_default();
            let name = name.replace("~1", "/").replace("~0", "~");
            is_placeholder(&name, &span.kind, start, end);
        } else {
            let text = once.value().pointer(&span.pointer).and_then(Value::as_str);
            is_placeholder(text.unwrap_or_default(), &span.kind, start, end);
        }
    }
    let twice = REDACTOR.redact_json(once.value().clone());
    assert_eq!(
        twice.value(),
        once.value(),
        "redacting again changes nothing"
    );
    assert_eq!(twice.spans(), [], "what was redacted is not redacted again");
}

fn is_placeholder(text: &str, kind: &str, start: usize, end: usize) {
    let named = names(text, start, end);
    assert_eq!(named, Some(kind), "{start}..{end} of {text:?}");
}

/// The type that a placeholder at this place names.
fn names(text: &str, start: usize, end: usize) -> Option<&str> {
    let placeholder = text.get(start..end)?;
    let inside = placeholder.strip_prefix("[redacted:")?.strip_suffix(']')?;
    inside.split(':').next()
}

/// Equal but for the strings, and for names that hold secrets; a string of JSON is one of JSON afterwards, or a placeholder.
fn same_structure(before: &Value, after: &Value, pointer: &str) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            assert_eq!(before.len(), after.len(), "members at {pointer}");
            for name in after.keys().filter(|name| !before.contains_key(*name)) {
                assert!(name.contains("[redacted:"), "{name:?} is new at {pointer}");
            }
            for (name, member) in before {
                if let Some(after) = after.get(name) {
                    same_structure(member, after, &format!("{pointer}/{name}"));
                }
            }
        }
        (Value::Array(before), Value::Array(after)) => {
            assert_eq!(before.len(), after.len(), "items at {pointer}");
            for (place, (before, after)) in before.iter().zip(after).enumerate() {
                same_structure(before, after, &format!("{pointer}/{place}"));
            }
        }
        (Value::String(before), Value::String(after)) => {
            let is_json = |text: &str| {
                serde_json::from_str::<Value>(text)
                    .is_ok_and(|value| value.is_object() || value.is_array())
            };
            let is_whole = after.starts_with("[redacted:") && after.ends_with(']');
            assert!(
                !is_json(before) || is_json(after) || is_whole,
                "JSON at {pointer}: {before:?} became {after:?}"
            );
        }
        _ => assert_eq!(before, after, "at {pointer}"),
    }
}

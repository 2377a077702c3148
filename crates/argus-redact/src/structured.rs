//! JSON stays JSON: where replacing by place in the text would break it, it is read, redacted string by string, and written
//! anew.

use serde_json::Value;

use crate::known::Known;
use crate::redacted::Dropped;
use crate::text::{self, RedactedText, Span};
use crate::work::Work;
use crate::{Redactor, placeholder};

/// `redacted`, unless `text` was JSON and that is none any more. `None` when no string of it holds anything to replace.
pub(crate) fn keep(
    redactor: &Redactor,
    known: &mut Known,
    text: &str,
    redacted: RedactedText,
    work: &mut Work,
) -> Result<Option<RedactedText>, Dropped> {
    if !text.trim_ascii_start().starts_with(['{', '[']) {
        return Ok(Some(redacted));
    }
    work.take(text.len())?;
    if serde_json::from_str::<serde::de::IgnoredAny>(&redacted.text).is_ok() {
        return Ok(Some(redacted));
    }
    let Ok(mut value) = serde_json::from_str::<Value>(text) else {
        return Ok(Some(redacted));
    };
    if !strings(redactor, known, &mut value, work)? {
        return Ok(None);
    }
    known.is_anew = true;
    let written = value.to_string();
    let spans = placeholder::all(&written)
        .into_iter()
        .map(|range| Span {
            kind: placeholder::kind(&written[range.clone()]).to_owned(),
            start: range.start,
            end: range.end,
            // All of it was written anew: what stood where is not told.
            input_start: 0,
            input_end: text.len(),
        })
        .collect();
    Ok(Some(RedactedText {
        text: written,
        spans,
        dropped: None,
    }))
}

/// Redacts every string; true when one changed.
fn strings(
    redactor: &Redactor,
    known: &mut Known,
    value: &mut Value,
    work: &mut Work,
) -> Result<bool, Dropped> {
    let mut has_changed = false;
    match value {
        Value::String(text) => {
            if let Some(redacted) = text::redact(redactor, known, text, work)? {
                *text = redacted.text;
                has_changed = true;
            }
        }
        Value::Array(items) => {
            for item in items {
                has_changed |= strings(redactor, known, item, work)?;
            }
        }
        Value::Object(members) => {
            for member in members.values_mut() {
                has_changed |= strings(redactor, known, member, work)?;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(has_changed)
}

//! What people type beside sessions: reasons, comments, corrected answers, notes. It is typed or pasted from what was captured,
//! and goes through the same redaction.

use argus_redact::Redactor;
use serde::Serialize;
use serde_json::Value;

use crate::StoreError;

/// The members of bodies that people type; a body that is a text and nothing else is typed, too. Everything else in them is ids,
/// numbers, words of ours and keyed hashes, which are to stay as they are.
const TYPED: [&str; 6] = ["reason", "text", "note", "comment", "quote", "filter"];

/// True of a member that holds what somebody typed.
pub(crate) fn is_typed(name: &str) -> bool {
    TYPED.contains(&name)
}

/// A body whose typed texts went through redaction, ready to be sealed. Only this module makes one, and what seals such bodies
/// takes nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypedBody(Vec<u8>);

impl TypedBody {
    /// Of a body that is JSON.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it is none, or a text of it cannot be looked through within the limits.
    pub(crate) fn of<B: Serialize>(redactor: &Redactor, body: &B) -> Result<Self, StoreError> {
        let invalid = |error: serde_json::Error| {
            StoreError::Invalid(format!("this text cannot be written: {error}"))
        };
        let mut body = serde_json::to_value(body).map_err(invalid)?;
        redact(redactor, true, &mut body)?;
        serde_json::to_vec(&body).map(Self).map_err(invalid)
    }

    /// Of a text that is kept as it is.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when it cannot be looked through within the limits.
    pub(crate) fn of_text(redactor: &Redactor, text: &str) -> Result<Self, StoreError> {
        redacted(redactor, text).map(|text| Self(text.into_bytes()))
    }

    /// Of one that was sealed before; `None` when nothing is found in it.
    ///
    /// # Errors
    /// As of a new one; [`StoreError::Corrupt`] when it is no such body.
    pub(super) fn again(
        redactor: &Redactor,
        body: &[u8],
        is_json: bool,
    ) -> Result<Option<Self>, StoreError> {
        let corrupt = || StoreError::Corrupt {
            table: "reviews",
            what: "a body".to_owned(),
        };
        let redacted = if is_json {
            let before: Value = serde_json::from_slice(body).map_err(|_| corrupt())?;
            let mut after = before.clone();
            redact(redactor, true, &mut after)?;
            if after == before {
                return Ok(None);
            }
            serde_json::to_vec(&after).map_err(|_| corrupt())?
        } else {
            let text = std::str::from_utf8(body).map_err(|_| corrupt())?;
            redacted(redactor, text)?.into_bytes()
        };
        Ok((redacted != body).then_some(Self(redacted)))
    }

    /// What is sealed.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }
}

fn redact(redactor: &Redactor, is_text: bool, value: &mut Value) -> Result<(), StoreError> {
    match value {
        Value::String(text) if is_text => *text = redacted(redactor, text)?,
        Value::Array(items) => {
            for item in items {
                redact(redactor, is_text, item)?;
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                redact(redactor, is_typed(name), member)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn redacted(redactor: &Redactor, text: &str) -> Result<String, StoreError> {
    let redacted = redactor.redact_text(text);
    match redacted.dropped {
        None => Ok(redacted.text),
        Some(_) => Err(StoreError::Invalid(
            "this text cannot be searched for secrets within the limits, and was not written: shorten it".to_owned(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const KEY: &str = "AKIAIOSFODNN7EXAMPLQ";

    fn of(body: &Value) -> Value {
        let redactor = Redactor::without_workspace();
        serde_json::from_slice(TypedBody::of(&redactor, body).unwrap().bytes()).unwrap()
    }

    #[test]
    fn what_is_typed_is_redacted_wherever_it_stands() {
        let text = format!("it says {KEY} there");
        let masked = of(&json!({
            "text": text, "reason": text, "answers": [{"item": "a", "value": 3, "note": text}], "comment": null,
        }));
        assert!(!masked.to_string().contains(KEY));
        assert!(
            masked["answers"][0]["note"]
                .as_str()
                .unwrap()
                .starts_with("it says [")
        );
        assert_eq!(masked["answers"][0]["value"], 3);
        let alone = of(&json!(text));
        assert!(alone.as_str().unwrap().ends_with("] there"));
        let redactor = Redactor::without_workspace();
        let of_text = TypedBody::of_text(&redactor, &text).unwrap();
        assert_eq!(of_text.bytes(), alone.as_str().unwrap().as_bytes());
    }

    #[test]
    fn what_is_not_typed_and_what_is_redacted_stays() {
        let body = json!({
            "anchor": {"step": KEY, "words": {"hash": KEY, "fingerprint": 7, "range": {"start": 0, "end": 4}}},
            "text": "nothing in it", "mentions": [KEY], "filter": "tag:churn",
        });
        assert_eq!(of(&body), body);
        let once = of(&json!({"text": KEY}));
        assert_eq!(of(&once), once);
    }
}

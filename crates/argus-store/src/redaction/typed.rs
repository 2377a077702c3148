//! What people type beside sessions: reasons, comments, corrected answers, notes; names and filters of views and queues, all that
//! rubrics say. It is typed or pasted from what was captured, and goes through the same redaction.

use argus_redact::Redactor;
use argus_session::filter::{Filter, Key};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::StoreError;

/// The members of bodies that people type; a body that is a text and nothing else is typed, too. Everything else in them is ids,
/// numbers, words of ours and keyed hashes, which are to stay as they are.
const TYPED: [&str; 6] = ["reason", "text", "note", "comment", "quote", "filter"];

/// Those by which people set up views, queues and rubrics: typed as well, but of no one session, and they stay when its content
/// goes.
const SET_UP: [&str; 7] = [
    "name",
    "title",
    "description",
    "guidance",
    "pass_example",
    "fail_example",
    "labels",
];

/// A filter: it goes on being one.
const FILTER: &str = "filter";

/// True of a member that holds what somebody typed about a session.
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

    /// What it says now; `None` when it is no such thing.
    pub(crate) fn read<B: DeserializeOwned>(&self) -> Option<B> {
        serde_json::from_slice(&self.0).ok()
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
                match member {
                    Value::String(text) if name == FILTER => {
                        *text = redacted_filter(redactor, text)?;
                    }
                    _ => {
                        let is_text = is_typed(name) || SET_UP.contains(&name.as_str());
                        redact(redactor, is_text, member)?;
                    }
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// Whether a filter may be written: one in which something is found would find nothing, since that is in no stored text either.
///
/// # Errors
/// [`StoreError::Invalid`] when something is found, or it cannot be looked through within the limits.
pub(crate) fn check_filter(redactor: &Redactor, filter: &str) -> Result<(), StoreError> {
    if redacted_filter(redactor, filter)? == filter {
        return Ok(());
    }
    Err(StoreError::Invalid(
        "this filter holds what redaction replaces, and was not written: leave that out".to_owned(),
    ))
}

/// A filter as it stands when nothing is found in it; else one that looks for what is left of it as one phrase. So it never finds
/// more than before. Whom it names as a person is what telemetry names them: that is stored as it is.
fn redacted_filter(redactor: &Redactor, text: &str) -> Result<String, StoreError> {
    let looked_at = match Filter::parse(text) {
        Ok(mut filter) => {
            filter
                .terms
                .retain(|term| !matches!(term.key, Key::User | Key::Reviewer));
            filter.to_string()
        }
        Err(_) => text.to_owned(),
    };
    if redacted(redactor, &looked_at)? == looked_at {
        return Ok(text.to_owned());
    }
    let left = redacted(redactor, text)?.replace(['"', '\\'], " ");
    Ok(format!("\"{left}\""))
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

    #[test]
    fn a_filter_goes_on_being_one_and_finds_no_more() {
        let redactor = Redactor::without_workspace();
        for stays in [
            "tag:churn -tool:Bash \"q2 churn\"",
            "user:ada@example.org",
            "",
        ] {
            assert_eq!(redacted_filter(&redactor, stays).unwrap(), stays);
            assert!(check_filter(&redactor, stays).is_ok());
        }
        let text = format!("tag:churn prompt:{KEY} \"of {KEY}\"");
        assert!(check_filter(&redactor, &text).is_err());
        let left = redacted_filter(&redactor, &text).unwrap();
        assert!(!left.contains(KEY), "{left}");
        let filter = Filter::parse(&left).unwrap();
        assert!(filter.terms.is_empty() && !filter.words.is_empty());
        assert_eq!(redacted_filter(&redactor, &left).unwrap(), left);
    }

    #[test]
    fn names_of_what_is_set_up_are_redacted_and_are_nothing_of_a_session() {
        let masked = of(
            &json!({"definition": {"name": KEY, "sections": [{"id": "a", "title": KEY,
            "items": [{"guidance": KEY, "scale": {"labels": [KEY, "all of it"]}}]}]}}),
        );
        assert!(!masked.to_string().contains(KEY), "{masked}");
        assert!(masked.to_string().contains("all of it"));
        assert!(!is_typed("title") && !is_typed("name"));
    }
}

//! Redacts every string of a JSON value.

use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;

use crate::exempt::{is_exempt, is_kind};
use crate::redacted::{Dropped, FieldSpan, Redacted};
use crate::rules::is_secret_name;
use crate::{Redactor, placeholder};

/// Bytes of text that are looked through for one item at most: a raw API body of the largest request fits four times.
const WORK_BYTES_MAX: usize = 256 * 1024 * 1024;
/// Depth of nesting, that of JSON within strings included. The JSON reader's own limit is the same.
const DEPTH_MAX: usize = 128;
/// JSON within JSON within JSON is looked into so many times.
const NESTED_STRINGS_MAX: usize = 3;
/// The kind of a value that its name gives away.
const NAMED: &str = "secret";
/// Shorter values than this under a name that says secret are words such as `none`.
const NAMED_BYTES_MIN: usize = 4;

struct Walk<'a> {
    redactor: &'a Redactor,
    spans: Vec<FieldSpan>,
    work_bytes: usize,
    pointer: String,
}

pub(crate) fn redact(redactor: &Redactor, value: Value) -> Redacted<Value> {
    let rules = redactor.rule_set().clone();
    let mut value = value;
    let mut walk = Walk {
        redactor,
        spans: Vec::new(),
        work_bytes: 0,
        pointer: String::new(),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| walk.value(None, &mut value, 0, 0)));
    let dropped = match outcome {
        Ok(Ok(())) => None,
        Ok(Err(dropped)) => Some(dropped),
        Err(_) => Some(Dropped::Failure),
    };
    let spans = match dropped {
        None => std::mem::take(&mut walk.spans),
        Some(reason) => {
            drop_strings(None, &mut value, reason, 0);
            Vec::new()
        }
    };
    Redacted {
        value,
        spans,
        rules,
        dropped,
    }
}

impl Walk<'_> {
    fn value(
        &mut self,
        name: Option<&str>,
        value: &mut Value,
        depth: usize,
        nested: usize,
    ) -> Result<(), Dropped> {
        if depth > DEPTH_MAX {
            return Err(Dropped::Depth);
        }
        match value {
            Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
            Value::String(text) => self.string(name, text, depth, nested),
            Value::Array(items) => {
                for (place, item) in items.iter_mut().enumerate() {
                    let back = self.enter(&place.to_string());
                    self.value(name, item, depth + 1, nested)?;
                    self.pointer.truncate(back);
                }
                Ok(())
            }
            Value::Object(members) => {
                for (name, member) in members.iter_mut() {
                    let back = self.enter(name);
                    self.value(Some(name), member, depth + 1, nested)?;
                    self.pointer.truncate(back);
                }
                Ok(())
            }
        }
    }

    fn enter(&mut self, part: &str) -> usize {
        let back = self.pointer.len();
        self.pointer.push('/');
        if part.contains(['~', '/']) {
            self.pointer
                .push_str(&part.replace('~', "~0").replace('/', "~1"));
        } else {
            self.pointer.push_str(part);
        }
        back
    }

    fn string(
        &mut self,
        name: Option<&str>,
        text: &mut String,
        depth: usize,
        nested: usize,
    ) -> Result<(), Dropped> {
        if name.is_some_and(|name| is_exempt(name, text)) {
            return Ok(());
        }
        self.work_bytes = self.work_bytes.saturating_add(text.len());
        if self.work_bytes > WORK_BYTES_MAX {
            return Err(Dropped::WorkBudget);
        }
        if name.is_some_and(is_secret_name) && text.len() >= NAMED_BYTES_MIN {
            if !placeholder::is_one(text) {
                *text = placeholder::make(NAMED, text, &self.redactor.fingerprint_key);
                self.found(NAMED, 0, text.len());
            }
            return Ok(());
        }
        if nested < NESTED_STRINGS_MAX && self.json_in_string(text, depth, nested)? {
            return Ok(());
        }
        let redacted = self.redactor.redact_text(text);
        for span in &redacted.spans {
            self.found(span.kind, span.start, span.end);
        }
        if !redacted.spans.is_empty() {
            *text = redacted.text;
        }
        Ok(())
    }

    fn found(&mut self, kind: &str, start: usize, end: usize) {
        self.spans.push(FieldSpan {
            pointer: self.pointer.clone(),
            kind: kind.to_owned(),
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        });
    }

    /// A string that holds JSON (a tool's input as telemetry sends it) is redacted as JSON, so that it stays JSON.
    /// True when it was, and nothing is left to do.
    fn json_in_string(
        &mut self,
        text: &mut String,
        depth: usize,
        nested: usize,
    ) -> Result<bool, Dropped> {
        let looks_like = |text: &str| text.starts_with(['{', '[']) && text.ends_with(['}', ']']);
        if !looks_like(text.trim()) {
            return Ok(false);
        }
        let Ok(mut inner) = serde_json::from_str::<Value>(text) else {
            return Ok(false);
        };
        let before = self.spans.len();
        let pointer = std::mem::take(&mut self.pointer);
        let outcome = self.value(None, &mut inner, depth + 1, nested + 1);
        self.pointer = pointer;
        outcome?;
        let found: Vec<FieldSpan> = self.spans.drain(before..).collect();
        if !found.is_empty() {
            *text = inner.to_string();
            // Where the placeholders stand in the outer string.
            let mut from = 0;
            for _ in &found {
                let Some(start) = text[from..].find("[redacted:").map(|at| at + from) else {
                    break;
                };
                let end = text[start..]
                    .find(']')
                    .map_or(text.len(), |at| at + start + 1);
                let kind = text[start..end]
                    .split(':')
                    .nth(1)
                    .unwrap_or(NAMED)
                    .to_owned();
                self.found(&kind, start, end);
                from = end;
            }
        }
        Ok(true)
    }
}

/// Fail closed: every string but the exempt goes, the structure stays.
fn drop_strings(name: Option<&str>, value: &mut Value, reason: Dropped, depth: usize) {
    match value {
        Value::String(text)
            if name.is_some_and(|name| is_exempt(name, text) || is_kind(name, text)) => {}
        Value::String(text) => *text = format!("[dropped:{}]", reason.as_str()),
        Value::Array(_) | Value::Object(_) if depth > DEPTH_MAX => *value = Value::Null,
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| drop_strings(name, item, reason, depth + 1)),
        Value::Object(members) => {
            members
                .iter_mut()
                .for_each(|(name, member)| drop_strings(Some(name), member, reason, depth + 1));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

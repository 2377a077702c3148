//! Fills references with the text they point to.

use std::sync::Arc;

use serde_json::Value;

use super::redactions::{self, PayloadRedaction, Redaction};
use super::{Payload, SessionDocument, Step, Text, TextForm, TextRef, Turn};
use crate::RecordId;

/// Gives the redacted bodies of records.
pub trait Bodies {
    /// The body of a record, or `None` when it was erased.
    fn body(&self, record: RecordId) -> Option<Arc<Value>>;

    /// What was replaced in it, by pointers into the body. None where that is not asked for.
    fn redactions(&self, record: RecordId) -> Arc<[PayloadRedaction]> {
        let _ = record;
        Arc::default()
    }
}

impl Bodies for std::collections::BTreeMap<RecordId, Arc<Value>> {
    fn body(&self, record: RecordId) -> Option<Arc<Value>> {
        self.get(&record).cloned()
    }
}

/// Something with references in it.
pub trait Resolve {
    /// Fills every reference; a text longer than `text_bytes_max` is cut at a character boundary (its `text_bytes` and
    /// `text_ref` still tell of the whole), a payload larger than that is left to its reference.
    fn resolve(&mut self, bodies: &dyn Bodies, text_bytes_max: usize);
}

/// Fills a whole document.
pub fn resolve_document(
    document: &mut SessionDocument,
    bodies: &dyn Bodies,
    text_bytes_max: usize,
) {
    if let Some(title) = &mut document.session.title {
        title.resolve(bodies, text_bytes_max);
    }
    for turn in &mut document.turns {
        turn.resolve(bodies, text_bytes_max);
    }
}

impl Resolve for Turn {
    fn resolve(&mut self, bodies: &dyn Bodies, text_bytes_max: usize) {
        if let Some(text) = &mut self.prompt.text {
            text.resolve(bodies, text_bytes_max);
        }
        if let Some(answer) = &mut self.answer {
            answer.resolve(bodies, text_bytes_max);
        }
        for step in &mut self.steps {
            step.resolve(bodies, text_bytes_max);
        }
    }
}

impl Resolve for Step {
    fn resolve(&mut self, bodies: &dyn Bodies, text_bytes_max: usize) {
        if let Some(text) = &mut self.text {
            text.resolve(bodies, text_bytes_max);
        }
        if let Some(tool) = &mut self.tool {
            for payload in [&mut tool.input, &mut tool.output, &mut tool.result]
                .into_iter()
                .flatten()
            {
                payload.resolve(bodies, text_bytes_max);
            }
            if let Some(error) = &mut tool.error {
                error.resolve(bodies, text_bytes_max);
            }
        }
    }
}

impl Resolve for Text {
    fn resolve(&mut self, bodies: &dyn Bodies, text_bytes_max: usize) {
        let mut whole = String::new();
        let mut replaced = Vec::new();
        for text_ref in &self.text_ref {
            let Some(value) = look_up(text_ref, bodies) else {
                return;
            };
            let piece = as_text(&value, text_ref.form);
            let of_piece = redactions::below(&bodies.redactions(text_ref.record), text_ref);
            for of in redactions::in_text(&value, text_ref.form, of_piece, &piece) {
                let behind = u32::try_from(whole.len()).unwrap_or(u32::MAX);
                replaced.push(Redaction {
                    start: of.start.saturating_add(behind),
                    end: of.end.saturating_add(behind),
                    ..of
                });
            }
            whole.push_str(&piece);
        }
        if self.text_ref.is_empty() {
            return;
        }
        cut(&mut whole, text_bytes_max);
        replaced.retain(|of| of.end as usize <= whole.len());
        self.text = Some(whole);
        self.text_redactions = replaced;
    }
}

impl Resolve for Payload {
    fn resolve(&mut self, bodies: &dyn Bodies, text_bytes_max: usize) {
        let Some(json_ref) = &self.json_ref else {
            return;
        };
        if usize::try_from(self.bytes).is_ok_and(|bytes| bytes > text_bytes_max) {
            return;
        }
        let Some(value) = look_up(json_ref, bodies) else {
            self.json = None;
            return;
        };
        let replaced = redactions::below(&bodies.redactions(json_ref.record), json_ref);
        if replaced.is_empty() {
            self.json = Some(as_payload(value, json_ref.form));
            return;
        }
        let json = as_payload(value.clone(), json_ref.form);
        self.redactions = redactions::in_payload(&value, json_ref.form, replaced, &json);
        self.json = Some(json);
    }
}

/// The text that stands at a reference, as its form says.
#[must_use]
pub fn as_text(value: &Value, form: TextForm) -> String {
    match (value, form) {
        (Value::String(text), TextForm::Command) => command_line(text),
        (Value::String(text), TextForm::CompactInstructions) => {
            format!("/compact {text}").trim_end().to_owned()
        }
        (Value::String(text), TextForm::BashInput) => {
            format!("!{}", tag(text, "bash-input").unwrap_or(text))
        }
        (Value::String(text), TextForm::ErrorText) => error_part(text).to_owned(),
        (Value::String(text), _) => text.clone(),
        (Value::Array(blocks), TextForm::ContentBlocks) => {
            let texts: Vec<&str> = blocks
                .iter()
                .filter_map(|block| block.get("text").and_then(Value::as_str))
                .collect();
            texts.join("\n")
        }
        (other, _) => other.to_string(),
    }
}

/// What stands between `<name>` and `</name>`.
#[must_use]
pub fn tag<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let from = text.find(&format!("<{name}>"))? + name.len() + 2;
    let length = text[from..].find(&format!("</{name}>"))?;
    Some(&text[from..from + length])
}

/// A tool's error without what the client puts around it.
pub(super) fn error_part(text: &str) -> &str {
    let text = tag(text, "tool_use_error").unwrap_or(text);
    text.strip_prefix("Error: ").unwrap_or(text)
}

/// A slash command's name and arguments.
pub(super) fn command_parts(text: &str) -> Option<(&str, Option<&str>)> {
    let name = tag(text, "command-name")?;
    let arguments = tag(text, "command-args").map(str::trim);
    Some((name, arguments.filter(|arguments| !arguments.is_empty())))
}

fn command_line(text: &str) -> String {
    match command_parts(text) {
        Some((name, Some(arguments))) => format!("{name} {arguments}"),
        Some((name, None)) => name.to_owned(),
        None => text.to_owned(),
    }
}

/// The JSON that stands at a reference, as its form says.
pub(crate) fn as_payload(value: Value, form: TextForm) -> Value {
    match (&value, form) {
        (Value::String(text), TextForm::ToolParameters) => {
            tool_parameters(&serde_json::from_str(text).unwrap_or_default())
        }
        (_, TextForm::ToolParameters) => tool_parameters(&value),
        (Value::String(text), TextForm::JsonInString) => {
            serde_json::from_str(text).unwrap_or(value)
        }
        _ => value,
    }
}

/// The members of a tool's input that telemetry tells, and what it calls them.
pub(super) const PARAMETERS: [(&str, &str); 6] = [
    ("full_command", "command"),
    ("description", "description"),
    ("file_path", "file_path"),
    ("timeout", "timeout"),
    ("subagent_type", "subagent_type"),
    ("skill_name", "skill"),
];

fn tool_parameters(told: &Value) -> Value {
    PARAMETERS
        .iter()
        .filter_map(|(theirs, name)| Some(((*name).to_owned(), told.get(theirs)?.clone())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn look_up(text_ref: &TextRef, bodies: &dyn Bodies) -> Option<Value> {
    bodies
        .body(text_ref.record)?
        .pointer(&text_ref.pointer)
        .cloned()
}

fn cut(text: &mut String, bytes_max: usize) {
    if text.len() > bytes_max {
        let end = text.floor_char_boundary(bytes_max);
        text.truncate(end);
    }
}

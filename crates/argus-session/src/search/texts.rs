//! The texts of a step that are looked through.

use serde_json::Value;

use super::Field;
use crate::document::{Resolve, StepKind};
use crate::{Payload, Step, Text};

/// A text of a step, as far as it is looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IndexedText {
    /// Which.
    pub field: Field,
    /// The name under which the step's document has it: `text`, `input`, `output`, `result` or `error`.
    pub content: &'static str,
    /// The text's beginning, at most [`Field::indexed_bytes_max`]; of JSON its strings and numbers, a line each.
    pub text: String,
    /// True when there is more of it than that.
    pub is_cut: bool,
}

/// The texts of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepTexts {
    /// Those that are looked through.
    pub texts: Vec<IndexedText>,
    /// Images among what tools gave back: they hold no text.
    pub images: u32,
}

/// The texts of a step, read from the bodies of its records. What is not captured, erased or without content has none.
#[must_use]
pub fn step_texts(step: &Step, bodies: &dyn crate::document::Bodies) -> StepTexts {
    let mut found = StepTexts::default();
    if let Some(text) = &step.text {
        found.text(of_kind(step.kind), "text", text, bodies);
    }
    // A permission asks for what the call after it was given.
    if step.kind != StepKind::Permission
        && let Some(tool) = &step.tool
    {
        if let Some(input) = &tool.input {
            found.payload(Field::Input, "input", input, bodies);
        }
        match (&tool.output, &tool.result) {
            (Some(output), _) => found.payload(Field::Output, "output", output, bodies),
            (None, Some(result)) => found.payload(Field::Output, "result", result, bodies),
            (None, None) => {}
        }
        if let Some(error) = &tool.error {
            found.text(Field::Error, "error", error, bodies);
        }
    }
    found
}

const fn of_kind(kind: StepKind) -> Field {
    match kind {
        StepKind::Prompt | StepKind::Skill => Field::Prompt,
        StepKind::Thinking => Field::Thinking,
        StepKind::Text | StepKind::ModelRequest => Field::Answer,
        StepKind::Error => Field::Error,
        StepKind::ToolCall => Field::Output,
        StepKind::Permission | StepKind::Compaction | StepKind::Notice => Field::Notice,
    }
}

impl StepTexts {
    fn text(
        &mut self,
        field: Field,
        content: &'static str,
        text: &Text,
        bodies: &dyn crate::document::Bodies,
    ) {
        let mut text = text.clone();
        text.resolve(bodies, field.indexed_bytes_max() + 1);
        if let Some(text) = text.text {
            self.add(field, content, text);
        }
    }

    fn payload(
        &mut self,
        field: Field,
        content: &'static str,
        payload: &Payload,
        bodies: &dyn crate::document::Bodies,
    ) {
        let mut payload = payload.clone();
        payload.resolve(bodies, usize::MAX);
        if let Some(json) = payload.json {
            self.images += images(&json);
            let text = payload_text(&json, field.indexed_bytes_max() + 1);
            self.add(field, content, text);
        }
    }

    fn add(&mut self, field: Field, content: &'static str, mut text: String) {
        let end = text.floor_char_boundary(field.indexed_bytes_max());
        let is_cut = end < text.len();
        text.truncate(end);
        if !text.is_empty() {
            self.texts.push(IndexedText {
                field,
                content,
                text,
                is_cut,
            });
        }
    }
}

/// The strings and numbers of a JSON value, a line each, at least as many bytes as `bytes_max` where there are so many.
/// The bytes of images are left out.
#[must_use]
pub fn payload_text(json: &Value, bytes_max: usize) -> String {
    let mut out = String::new();
    add_leaves(json, bytes_max, &mut out);
    out
}

fn add_leaves(json: &Value, bytes_max: usize, out: &mut String) {
    if out.len() >= bytes_max {
        return;
    }
    let mut line = |text: &str| {
        if !out.is_empty() {
            out.push('\n');
        }
        let end = text.floor_char_boundary(bytes_max.min(text.len()));
        out.push_str(&text[..end]);
    };
    match json {
        Value::String(text) => line(text),
        Value::Number(number) => line(&number.to_string()),
        Value::Null | Value::Bool(_) => {}
        Value::Array(items) => items
            .iter()
            .for_each(|item| add_leaves(item, bytes_max, out)),
        Value::Object(members) if is_image(json) => {
            let _ = members;
        }
        Value::Object(members) => members
            .values()
            .for_each(|member| add_leaves(member, bytes_max, out)),
    }
}

fn is_image(json: &Value) -> bool {
    json.get("type").and_then(Value::as_str) == Some("image")
}

fn images(json: &Value) -> u32 {
    match json {
        Value::Object(_) if is_image(json) => 1,
        Value::Object(members) => members.values().map(images).sum(),
        Value::Array(items) => items.iter().map(images).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeMap;
    use std::sync::Arc;

    #[test]
    fn leaves_are_lines_and_images_are_none() {
        let json = json!({"command": "ls", "n": 3, "on": true, "parts": [{"type": "image", "source": {"data": "AAAA"}}, "b"]});
        assert_eq!(payload_text(&json, 100), "ls\n3\nb");
        assert_eq!(images(&json), 1);
        assert!(payload_text(&json!(["é".repeat(100)]), 11).len() <= 11);
    }

    #[test]
    fn a_long_output_is_looked_through_in_its_beginning() {
        let body = json!({"out": "word ".repeat(2_000), "in": {"q": "short"}});
        let bodies = BTreeMap::from([(1, Arc::new(body))]);
        let at = |pointer: &str| Payload {
            json_ref: Some(crate::TextRef {
                record: 1,
                pointer: pointer.to_owned(),
                form: Default::default(),
            }),
            ..Payload::default()
        };
        let step = Step {
            kind: StepKind::ToolCall,
            tool: Some(crate::document::Tool {
                input: Some(at("/in")),
                output: Some(at("/out")),
                ..Default::default()
            }),
            ..Step::default()
        };
        let texts = step_texts(&step, &bodies).texts;
        assert_eq!((texts[0].text.as_str(), texts[0].is_cut), ("short", false));
        assert_eq!((texts[1].text.len(), texts[1].is_cut), (4 * 1024, true));
    }
}

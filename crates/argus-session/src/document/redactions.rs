//! Where redaction replaced something, in the texts and payloads of a document: only what a record's own metadata says was
//! replaced. A placeholder that somebody typed is text.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::resolve::{PARAMETERS, command_parts, error_part, tag};
use super::{TextForm, TextRef};

/// A replacement in a text. Offsets are bytes of UTF-8 in the text as it is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Redaction {
    /// The type of what was replaced.
    pub kind: String,
    /// Where its placeholder starts.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// A replacement in a string of a JSON value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PayloadRedaction {
    /// JSON pointer to the string; empty where the value is one itself.
    pub pointer: String,
    /// The type of what was replaced.
    pub kind: String,
    /// Where its placeholder starts in the string, in bytes of UTF-8.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

impl PayloadRedaction {
    /// The replacement in its string.
    #[must_use]
    pub fn in_string(self) -> Redaction {
        Redaction {
            kind: self.kind,
            start: self.start,
            end: self.end,
        }
    }
}

/// Of a record's replacements, those at a reference or below it, with pointers from there.
pub(super) fn below(all: &[PayloadRedaction], at: &TextRef) -> Vec<PayloadRedaction> {
    all.iter()
        .filter_map(|of| {
            let pointer = of.pointer.strip_prefix(&at.pointer)?;
            (pointer.is_empty() || pointer.starts_with('/')).then(|| PayloadRedaction {
                pointer: pointer.to_owned(),
                ..of.clone()
            })
        })
        .collect()
}

/// The replacements in `value` as they lie in `text`, which is what the form makes of it.
pub(super) fn in_text(
    value: &Value,
    form: TextForm,
    redactions: Vec<PayloadRedaction>,
    text: &str,
) -> Vec<Redaction> {
    if redactions.is_empty() {
        return Vec::new();
    }
    let Some(parts) = parts(value, form) else {
        return in_json_text(value, &redactions, text);
    };
    redactions
        .into_iter()
        .filter_map(|of| {
            let (start, end) = (of.start as usize, of.end as usize);
            let part = parts
                .iter()
                .find(|part| part.pointer == of.pointer && part.from <= start && end <= part.to)?;
            Some(Redaction {
                kind: of.kind,
                start: offset(start - part.from + part.at),
                end: offset(end - part.from + part.at),
            })
        })
        .filter(|of| of.end as usize <= text.len())
        .collect()
}

/// The replacements in `value` as they lie in its payload.
pub(super) fn in_payload(
    value: &Value,
    form: TextForm,
    redactions: Vec<PayloadRedaction>,
    payload: &Value,
) -> Vec<PayloadRedaction> {
    if redactions.is_empty() {
        return redactions;
    }
    match (value, form) {
        (Value::String(text), TextForm::JsonInString) if !payload.is_string() => {
            moved(&Strings::of_text(text), &redactions, &Strings::of(payload))
        }
        (Value::String(text), TextForm::ToolParameters) => {
            let told: Value = serde_json::from_str(text).unwrap_or_default();
            let in_told = moved(&Strings::of_text(text), &redactions, &Strings::of(&told));
            renamed(in_told)
        }
        (_, TextForm::ToolParameters) => renamed(redactions),
        _ => redactions,
    }
}

/// The replacements in a JSON value as they lie in a text that was written from it.
#[must_use]
pub fn in_json_text(value: &Value, redactions: &[PayloadRedaction], text: &str) -> Vec<Redaction> {
    let mut found: Vec<Redaction> = moved(&Strings::of(value), redactions, &Strings::of_text(text))
        .into_iter()
        .map(PayloadRedaction::in_string)
        .collect();
    found.sort_by_key(|of| of.start);
    found
}

/// A part of a text: where it stood, and where it is.
struct Part {
    /// The string, from the reference.
    pointer: String,
    /// Where the part stood in it.
    from: usize,
    to: usize,
    /// Where it is in the text.
    at: usize,
}

/// The parts of the text that a form makes; `None` where it is JSON, written.
fn parts(value: &Value, form: TextForm) -> Option<Vec<Part>> {
    match (value, form) {
        (Value::String(text), form) => Some(parts_of_string(text, form)),
        (Value::Array(blocks), TextForm::ContentBlocks) => {
            let mut at = 0;
            let mut parts = Vec::new();
            for (place, block) in blocks.iter().enumerate() {
                if let Some(text) = block.get("text").and_then(Value::as_str) {
                    parts.push(Part {
                        pointer: format!("/{place}/text"),
                        from: 0,
                        to: text.len(),
                        at,
                    });
                    at += text.len() + 1;
                }
            }
            Some(parts)
        }
        _ => None,
    }
}

fn parts_of_string(text: &str, form: TextForm) -> Vec<Part> {
    let part = |inner: &str, at: usize| {
        let from = inner.as_ptr() as usize - text.as_ptr() as usize;
        Part {
            pointer: String::new(),
            from,
            to: from + inner.len(),
            at,
        }
    };
    match form {
        TextForm::Command => match command_parts(text) {
            Some((name, Some(arguments))) => vec![part(name, 0), part(arguments, name.len() + 1)],
            Some((name, None)) => vec![part(name, 0)],
            None => vec![part(text, 0)],
        },
        TextForm::CompactInstructions => vec![part(text, "/compact ".len())],
        TextForm::BashInput => vec![part(tag(text, "bash-input").unwrap_or(text), 1)],
        TextForm::ErrorText => vec![part(error_part(text), 0)],
        _ => vec![part(text, 0)],
    }
}

/// The strings of a JSON value in the order in which they are written, names of members among them; or one text.
struct Strings<'a>(Vec<(String, &'a str)>);

impl<'a> Strings<'a> {
    fn of_text(text: &'a str) -> Self {
        Self(vec![(String::new(), text)])
    }

    fn of(value: &'a Value) -> Self {
        let mut strings = Self(Vec::new());
        strings.walk(value, &mut String::new());
        strings
    }

    fn walk(&mut self, value: &'a Value, pointer: &mut String) {
        let back = pointer.len();
        match value {
            Value::String(text) => self.0.push((pointer.clone(), text)),
            Value::Array(items) => {
                for (place, item) in items.iter().enumerate() {
                    pointer.push_str(&format!("/{place}"));
                    self.walk(item, pointer);
                    pointer.truncate(back);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    // No pointer leads to a name: what stands in one is no replacement.
                    self.0.push(("\0".to_owned(), name));
                    pointer.push('/');
                    pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                    self.walk(member, pointer);
                    pointer.truncate(back);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn at(&self, pointer: &str) -> Option<&'a str> {
        let found = self.0.iter().find(|(place, _)| place == pointer)?;
        Some(found.1)
    }

    /// Every place where a placeholder stands, in order.
    fn places(&self, placeholder: &str) -> Vec<(&str, usize)> {
        let places = self.0.iter().flat_map(|(pointer, text)| {
            let found = text.match_indices(placeholder);
            found.map(move |(place, _)| (pointer.as_str(), place))
        });
        places.collect()
    }
}

/// Replacements in one form of a content as they lie in another. Placeholders are written alike in both, and in the same
/// order: the nth in one is the nth in the other. Where there are more in one, none of them is told.
fn moved(
    before: &Strings<'_>,
    redactions: &[PayloadRedaction],
    after: &Strings<'_>,
) -> Vec<PayloadRedaction> {
    let mut found = Vec::with_capacity(redactions.len());
    for of in redactions {
        let (start, end) = (of.start as usize, of.end as usize);
        let Some(placeholder) = before.at(&of.pointer).and_then(|text| text.get(start..end)) else {
            continue;
        };
        let (places, now) = (before.places(placeholder), after.places(placeholder));
        let nth = places
            .iter()
            .position(|place| *place == (of.pointer.as_str(), start));
        if let Some(nth) = nth.filter(|_| places.len() == now.len()) {
            let (pointer, start) = now[nth];
            found.push(PayloadRedaction {
                pointer: pointer.to_owned(),
                kind: of.kind.clone(),
                start: offset(start),
                end: offset(start + placeholder.len()),
            });
        }
    }
    found
}

/// Replacements in what telemetry tells of a tool's input, under the tool's own names.
fn renamed(redactions: Vec<PayloadRedaction>) -> Vec<PayloadRedaction> {
    redactions
        .into_iter()
        .filter_map(|of| {
            let (theirs, rest) = match of.pointer.get(1..)?.split_once('/') {
                Some((name, rest)) => (name.to_owned(), format!("/{rest}")),
                None => (of.pointer[1..].to_owned(), String::new()),
            };
            let (_, name) = PARAMETERS.iter().find(|(known, _)| *known == theirs)?;
            Some(PayloadRedaction {
                pointer: format!("/{name}{rest}"),
                ..of
            })
        })
        .collect()
}

fn offset(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{as_payload, as_text};
    use super::*;

    const A: &str = "[redacted:aws-key:50a8f8d42e]";

    fn at(pointer: &str, text: &str, nth: usize) -> PayloadRedaction {
        let (start, _) = text.match_indices(A).nth(nth).unwrap();
        PayloadRedaction {
            pointer: pointer.to_owned(),
            kind: "aws-key".to_owned(),
            start: offset(start),
            end: offset(start + A.len()),
        }
    }

    #[test]
    fn a_replacement_is_where_its_text_shows_it() {
        let command =
            format!("<command-name>/go</command-name>\n<command-args> é {A} </command-args>");
        for (form, stored) in [
            (TextForm::Value, format!("é {A}")),
            (TextForm::Command, command),
            (TextForm::CompactInstructions, format!("keep {A} ")),
            (
                TextForm::BashInput,
                format!("<bash-input>echo {A}</bash-input>"),
            ),
            (
                TextForm::ErrorText,
                format!("<tool_use_error>Error: é {A}</tool_use_error>"),
            ),
            (TextForm::ErrorText, format!("no {A}")),
        ] {
            let redaction = at("", &stored, 0);
            let value = Value::String(stored);
            let text = as_text(&value, form);
            let found = in_text(&value, form, vec![redaction], &text);
            assert_eq!(found.len(), 1, "{form:?} {text}");
            assert_eq!(
                &text[found[0].start as usize..found[0].end as usize],
                A,
                "{text}"
            );
        }
    }

    #[test]
    fn blocks_follow_each_other_and_a_typed_placeholder_stays_text() {
        let second = format!("{A} {A}");
        let value = json!([{"type": "text", "text": A}, {"type": "image"}, {"type": "text", "text": second}]);
        let text = as_text(&value, TextForm::ContentBlocks);
        let redactions = vec![at("/2/text", &second, 1)];
        let found = in_text(&value, TextForm::ContentBlocks, redactions, &text);
        let (place, _) = text.match_indices(A).nth(2).unwrap();
        assert_eq!((found.len(), found[0].start as usize), (1, place));
    }

    #[test]
    fn json_within_a_string_is_told_where_it_is_read() {
        let written = format!(r#"{{"z": "{A}", "{A}": ["\n{A}"], "full_command": "x {A}"}}"#);
        let value = Value::String(written.clone());
        let payload = as_payload(value.clone(), TextForm::JsonInString);
        let redactions = vec![at("", &written, 2), at("", &written, 3)];
        let found = in_payload(&value, TextForm::JsonInString, redactions.clone(), &payload);
        let told: Vec<(&str, u32)> = found
            .iter()
            .map(|of| (of.pointer.as_str(), of.start))
            .collect();
        assert_eq!(
            told,
            [(format!("/{A}/0").as_str(), 1), ("/full_command", 2)]
        );

        let payload = as_payload(value.clone(), TextForm::ToolParameters);
        let found = in_payload(&value, TextForm::ToolParameters, redactions, &payload);
        assert_eq!((found.len(), found[0].pointer.as_str()), (1, "/command"));

        let pretty = serde_json::to_string_pretty(&json!({"a": A, "b": [A, "x"]})).unwrap();
        let redactions = [at("/b/0", A, 0)];
        let found = in_json_text(&json!({"a": A, "b": [A, "x"]}), &redactions, &pretty);
        let (place, _) = pretty.match_indices(A).nth(1).unwrap();
        assert_eq!((found.len(), found[0].start as usize), (1, place));
    }
}

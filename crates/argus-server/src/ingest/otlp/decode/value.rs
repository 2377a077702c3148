//! The canonical form of single values, shared by both readers.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::map::Entry;
use serde_json::{Map, Value, json};

use super::Reason;
use super::schema::{FIELDS_MAX, Message};
use super::tally::{ATTRIBUTES_MAX, Tally};

/// A double: a JSON number with a decimal point; what JSON has no number for as `{"double": "NaN"}`. Zero has no sign:
/// JavaScript writes both as 0.
pub(super) fn double(number: f64) -> Value {
    if number == 0.0 {
        return Value::from(0.0);
    }
    if number.is_nan() {
        return json!({"double": "NaN"});
    }
    serde_json::Number::from_f64(number).map_or_else(
        || json!({"double": if number > 0.0 { "Infinity" } else { "-Infinity" }}),
        Value::Number,
    )
}

/// Bytes: `{"bytes": "base64"}`.
pub(super) fn bytes(bytes: &[u8]) -> Value {
    json!({"bytes": STANDARD.encode(bytes)})
}

/// An id in lower-case hex; nothing where its length is wrong or it is all zero, which OTLP takes as absent.
pub(super) fn id(bytes: &[u8], length: usize) -> Option<Value> {
    let is_set = bytes.len() == length && bytes.iter().any(|byte| *byte != 0);
    is_set.then(|| Value::from(hex::encode(bytes)))
}

/// Text, unless it is empty.
pub(super) fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::from(text))
}

/// A count, unless it is 0.
pub(super) fn unsigned(number: u64) -> Option<Value> {
    (number != 0).then(|| Value::from(number))
}

/// An integer, unless it is 0.
pub(super) fn signed(number: i64) -> Option<Value> {
    (number != 0).then(|| Value::from(number))
}

/// A list, unless it is empty.
pub(super) fn list(values: Vec<Value>) -> Option<Value> {
    (!values.is_empty()).then(|| Value::Array(values))
}

/// An object, unless it is empty.
pub(super) fn object(map: Map<String, Value>) -> Option<Value> {
    (!map.is_empty()).then(|| Value::Object(map))
}

/// The values of a message's fields while it is read; the last of several wins.
#[derive(Debug, Default)]
pub(super) struct Slots([Option<Value>; FIELDS_MAX]);

impl Slots {
    pub(super) fn set(&mut self, field: usize, value: Option<Value>) {
        self.0[field] = value;
    }

    /// What the field has so far.
    pub(super) fn get_mut(&mut self, field: usize) -> &mut Option<Value> {
        &mut self.0[field]
    }

    /// The message in the order of its table, whatever the order in which its fields came.
    pub(super) fn into_map(self, message: Message) -> Map<String, Value> {
        let mut map = Map::with_capacity(self.0.iter().flatten().count());
        for (field, value) in message.iter().zip(self.0) {
            if let Some(value) = value {
                map.insert(field.name.to_owned(), value);
            }
        }
        map
    }
}

/// A list of attributes on its way into one object: the first value of a key stands under the key, the others under
/// `key#2`, `key#3`, …
#[derive(Debug, Default)]
pub(super) struct Attributes {
    map: Map<String, Value>,
    // Where the search for a free number goes on, so that a thousand equal keys cost a thousand steps.
    repeats: HashMap<String, usize>,
    count: usize,
}

impl Attributes {
    pub(super) fn push(&mut self, key: String, value: Value, tally: &mut Tally) {
        self.count += 1;
        if self.count > ATTRIBUTES_MAX {
            return tally.refuse(Reason::TooManyAttributes);
        }
        let key = match self.map.entry(key) {
            Entry::Vacant(vacant) => {
                vacant.insert(value);
                return;
            }
            Entry::Occupied(occupied) => occupied.key().clone(),
        };
        let next = self.repeats.entry(key.clone()).or_insert(2);
        loop {
            let numbered = format!("{key}#{next}");
            *next += 1;
            if !self.map.contains_key(&numbered) {
                self.map.insert(numbered, value);
                return;
            }
        }
    }

    pub(super) fn into_map(self) -> Map<String, Value> {
        self.map
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_key_keeps_its_first_value_and_numbers_the_others() {
        let (mut attributes, mut tally) = (Attributes::default(), Tally::default());
        for (key, value) in [("a", 1), ("a#2", 2), ("a", 3), ("a", 4)] {
            attributes.push(key.to_owned(), Value::from(value), &mut tally);
        }
        assert_eq!(
            Value::Object(attributes.into_map()),
            json!({"a": 1, "a#2": 2, "a#3": 3, "a#4": 4})
        );
    }

    #[test]
    fn doubles_keep_their_kind() {
        let forms: Vec<String> = [1.0, -0.0, 0.1, f64::NAN, f64::NEG_INFINITY]
            .map(|number| double(number).to_string())
            .to_vec();
        assert_eq!(
            forms,
            [
                "1.0",
                "0.0",
                "0.1",
                r#"{"double":"NaN"}"#,
                r#"{"double":"-Infinity"}"#
            ]
        );
    }

    #[test]
    fn an_id_that_is_none_is_absent() {
        assert_eq!(id(&[0; 8], 8), None);
        assert_eq!(id(&[1; 7], 8), None);
        assert_eq!(id(&[0xab; 8], 8), Some(Value::from("abababababababab")));
    }
}

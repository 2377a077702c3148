//! A body of envelopes as items: an envelope that cannot be read is refused, the rest is kept. Pure.

use std::fmt;

use argus_session::envelope::EnvelopeError;
use argus_session::{Envelope, Item};
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use argus_session::without_lone_surrogates;

/// Most envelopes in one request.
pub const ENVELOPES_MAX: usize = 10_000;
/// Most JSON values in one request: each takes many times its two bytes in memory.
pub const VALUES_MAX: usize = 2_000_000;

/// How the envelopes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `{"envelopes": […]}`.
    Json,
    /// One envelope a line.
    Lines,
}

/// What a body of envelopes holds.
#[derive(Debug, Default)]
pub struct DecodedEnvelopes {
    /// The items, each with the place of its envelope, from 0, in their order.
    pub items: Vec<(usize, Item)>,
    /// The envelopes that are refused.
    pub refused: Vec<Refused>,
}

/// An envelope that is not taken. The client's fault, and final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its place, from 0.
    pub index: usize,
    /// What kind of fault: `not_json`, `too_deep`, `not_an_envelope`, `unknown_version`, `unknown_source`, `otel_source`, `no_key`,
    /// `no_body`.
    pub code: &'static str,
    /// What is wrong and what to do. Without captured text.
    pub detail: String,
}

/// Why a whole body is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnvelopesError {
    /// Not UTF-8.
    #[error("the body is not UTF-8 (byte {at}): JSON must be")]
    Utf8 {
        /// The first byte that does not fit.
        at: usize,
    },
    /// Not JSON, or not `{"envelopes": […]}`.
    #[error("the body is not {{\"envelopes\": […]}} (line {line}, column {column})")]
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// Too many envelopes.
    #[error("more than {ENVELOPES_MAX} envelopes in one request: send smaller batches")]
    TooManyEnvelopes,
    /// Too many values.
    #[error("more than {VALUES_MAX} JSON values in one request: send smaller batches")]
    TooManyValues,
}

impl EnvelopesError {
    /// True when the body is well formed and only too large.
    #[must_use]
    pub const fn is_too_large(&self) -> bool {
        matches!(self, Self::TooManyEnvelopes | Self::TooManyValues)
    }
}

/// Decodes a body of envelopes (inflated).
///
/// # Errors
/// When it is no JSON or holds too much. A fault in one envelope is in [`DecodedEnvelopes::refused`] instead; a line
/// that is no JSON is such a fault too.
pub fn decode(form: Form, bytes: &[u8]) -> Result<DecodedEnvelopes, EnvelopesError> {
    match form {
        Form::Json => {
            let text = std::str::from_utf8(bytes).map_err(|error| EnvelopesError::Utf8 {
                at: error.valid_up_to(),
            })?;
            object(text).or_else(|error| match (&error, without_lone_surrogates(text)) {
                (EnvelopesError::Json { .. }, Some(mended)) => object(&mended),
                _ => Err(error),
            })
        }
        Form::Lines => lines(bytes),
    }
}

fn object(text: &str) -> Result<DecodedEnvelopes, EnvelopesError> {
    let mut reader = Reader::default();
    let mut json = serde_json::Deserializer::from_str(text);
    let read = Body(&mut reader)
        .deserialize(&mut json)
        .and_then(|()| json.end());
    match (reader.fatal, read) {
        (Some(fatal), _) => Err(fatal),
        (None, Err(error)) => Err(EnvelopesError::Json {
            line: error.line(),
            column: error.column(),
        }),
        (None, Ok(())) => Ok(reader.out),
    }
}

fn lines(bytes: &[u8]) -> Result<DecodedEnvelopes, EnvelopesError> {
    let mut reader = Reader::default();
    for line in bytes.split(|byte| *byte == b'\n') {
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        reader.next()?;
        match std::str::from_utf8(line) {
            Ok(text) => reader.text(text),
            Err(_) => reader.refuse_text(Fault::NotJson),
        }
        if let Some(fatal) = reader.fatal {
            return Err(fatal);
        }
    }
    Ok(reader.out)
}

/// Why a text is no value.
#[derive(Debug, Clone, Copy)]
enum Fault {
    NotJson,
    TooDeep,
}

#[derive(Default)]
struct Reader {
    out: DecodedEnvelopes,
    read: usize,
    values: usize,
    fatal: Option<EnvelopesError>,
}

impl Reader {
    fn next(&mut self) -> Result<(), EnvelopesError> {
        self.read += 1;
        if self.read > ENVELOPES_MAX {
            Err(EnvelopesError::TooManyEnvelopes)
        } else {
            Ok(())
        }
    }

    /// The text of one envelope.
    fn text(&mut self, text: &str) {
        let read = self.value(text).or_else(|fault| {
            let mended = without_lone_surrogates(text).ok_or(fault)?;
            self.value(&mended)
        });
        match read {
            Ok(envelope) => self.envelope(envelope),
            Err(_) if self.fatal.is_some() => {}
            Err(fault) => self.refuse_text(fault),
        }
    }

    fn value(&mut self, text: &str) -> Result<Value, Fault> {
        let mut json = serde_json::Deserializer::from_str(text);
        let read = Counted(self)
            .deserialize(&mut json)
            .and_then(|value| json.end().map(|()| value));
        // The library does not tell this one by its kind.
        read.map_err(
            |error| match error.to_string().starts_with("recursion limit") {
                true => Fault::TooDeep,
                false => Fault::NotJson,
            },
        )
    }

    fn refuse_text(&mut self, fault: Fault) {
        let (code, detail) = match fault {
            Fault::NotJson => (
                "not_json",
                "it is not JSON in UTF-8: it was cut, or is no envelope",
            ),
            Fault::TooDeep => ("too_deep", "its values are nested deeper than 127 levels"),
        };
        self.refuse(code, detail.to_owned());
    }

    fn refuse(&mut self, code: &'static str, detail: String) {
        self.out.refused.push(Refused {
            index: self.read - 1,
            code,
            detail,
        });
    }

    fn envelope(&mut self, value: Value) {
        let envelope: Envelope = match serde_json::from_value(value) {
            Ok(envelope) => envelope,
            // The library's words may quote the value.
            Err(_) => {
                let detail = "this is no envelope: a member is missing or has the wrong type; see docs/envelope.md";
                return self.refuse("not_an_envelope", detail.to_owned());
            }
        };
        match envelope.into_item() {
            Ok(item) => self.out.items.push((self.read - 1, item)),
            Err(error) => {
                let (code, detail) = explained(&error);
                self.refuse(code, detail);
            }
        }
    }
}

fn explained(error: &EnvelopeError) -> (&'static str, String) {
    match error {
        EnvelopeError::Version(_) => ("unknown_version", error.to_string()),
        // The name is the client's own and can hold anything.
        EnvelopeError::Source(_) => (
            "unknown_source",
            "the source is not known here: see docs/envelope.md".to_owned(),
        ),
        EnvelopeError::Otel(_) => ("otel_source", error.to_string()),
        EnvelopeError::Key => ("no_key", error.to_string()),
        EnvelopeError::Body => ("no_body", error.to_string()),
    }
}

/// The object around the envelopes.
struct Body<'r>(&'r mut Reader);

impl<'de> DeserializeSeed<'de> for Body<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Body<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with a list of envelopes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut is_found = false;
        while let Some(key) = map.next_key::<std::borrow::Cow<'de, str>>()? {
            if key == "envelopes" {
                is_found = true;
                map.next_value_seed(List(&mut *self.0))?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        if is_found {
            Ok(())
        } else {
            Err(A::Error::missing_field("envelopes"))
        }
    }
}

/// The envelopes, one at a time.
struct List<'r>(&'r mut Reader);

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of envelopes")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        // As text first: a value that is nested too deep then costs itself only.
        while let Some(envelope) = seq.next_element::<&RawValue>()? {
            if let Err(error) = self.0.next() {
                self.0.fatal.get_or_insert(error);
            } else {
                self.0.text(envelope.get());
            }
            if self.0.fatal.is_some() {
                return Err(A::Error::custom("refused"));
            }
        }
        Ok(())
    }
}

/// A JSON value whose parts are counted as they come.
struct Counted<'r>(&'r mut Reader);

impl Counted<'_> {
    fn count<E: serde::de::Error>(&mut self) -> Result<(), E> {
        self.0.values += 1;
        if self.0.values > VALUES_MAX {
            self.0.fatal.get_or_insert(EnvelopesError::TooManyValues);
            return Err(E::custom("refused"));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Counted<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Value, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Counted<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: serde::de::Error>(mut self) -> Result<Value, E> {
        self.count().map(|()| Value::Null)
    }

    fn visit_bool<E: serde::de::Error>(mut self, flag: bool) -> Result<Value, E> {
        self.count().map(|()| Value::Bool(flag))
    }

    fn visit_u64<E: serde::de::Error>(mut self, number: u64) -> Result<Value, E> {
        self.count().map(|()| Value::from(number))
    }

    fn visit_i64<E: serde::de::Error>(mut self, number: i64) -> Result<Value, E> {
        self.count().map(|()| Value::from(number))
    }

    fn visit_f64<E: serde::de::Error>(mut self, number: f64) -> Result<Value, E> {
        self.count().map(|()| Value::from(number))
    }

    fn visit_str<E: serde::de::Error>(mut self, text: &str) -> Result<Value, E> {
        self.count().map(|()| Value::from(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Value, A::Error> {
        self.count()?;
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(Counted(&mut *self.0))? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut object: A) -> Result<Value, A::Error> {
        self.count()?;
        let mut map = Map::new();
        while let Some(key) = object.next_key::<String>()? {
            map.insert(key, object.next_value_seed(Counted(&mut *self.0))?);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn envelope(uuid: &str) -> Value {
        json!({"version": 1, "source": "transcript", "session_id": "s", "body": {"uuid": uuid}, "later": [1]})
    }

    #[test]
    fn a_bad_envelope_costs_itself_only() {
        let body = json!({"envelopes": [
            envelope("a"), 5, {"version": 9, "source": "hook", "body": {}}, {"version": 1, "source": "rumour", "body": {}},
            {"version": 1, "source": "otel_log", "body": {}}, {"version": 1, "source": "hook", "body": {}},
            {"version": 1, "source": "hook", "key": "k", "body": []}, envelope("b"),
        ], "other": {"x": []}});
        let decoded = decode(Form::Json, body.to_string().as_bytes()).unwrap();
        assert_eq!(
            decoded
                .items
                .iter()
                .map(|(index, _)| *index)
                .collect::<Vec<_>>(),
            [0, 7]
        );
        assert_eq!(decoded.items[0].1.meta.unknown["later"], json!([1]));
        let codes: Vec<_> = decoded
            .refused
            .iter()
            .map(|refused| (refused.index, refused.code))
            .collect();
        let expected = [
            "not_an_envelope",
            "unknown_version",
            "unknown_source",
            "otel_source",
            "no_key",
            "no_body",
        ];
        assert_eq!(
            codes,
            expected
                .into_iter()
                .enumerate()
                .map(|(i, code)| (i + 1, code))
                .collect::<Vec<_>>()
        );
        assert!(
            decoded
                .refused
                .iter()
                .all(|refused| !refused.detail.contains("rumour"))
        );
    }

    #[test]
    fn an_envelope_that_is_nested_too_deep_costs_itself_only() {
        let deep = envelope("a").to_string().replace(
            "[1]",
            &format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000)),
        );
        let good = envelope("b").to_string();
        let json = format!("{{\"envelopes\":[{deep},{good}]}}");
        let lines = format!("{deep}\n{good}\n");
        for decoded in [
            decode(Form::Json, json.as_bytes()).unwrap(),
            decode(Form::Lines, lines.as_bytes()).unwrap(),
        ] {
            assert_eq!(decoded.items.len(), 1);
            assert_eq!(decoded.refused[0].code, "too_deep");
        }
    }

    #[test]
    fn a_line_that_was_cut_costs_itself_only() {
        let whole = envelope("a").to_string();
        let body = format!(
            "{whole}\n\n{}\n{}",
            &whole[..30],
            whole.replace("\"a\"", "\"\\ud83d\"")
        );
        let decoded = decode(Form::Lines, body.as_bytes()).unwrap();
        assert_eq!(decoded.items.len(), 2);
        assert_eq!(decoded.items[1].1.body["uuid"], "\u{fffd}");
        assert_eq!(
            decoded
                .refused
                .iter()
                .map(|r| (r.index, r.code))
                .collect::<Vec<_>>(),
            [(1, "not_json")]
        );
    }

    #[test]
    fn what_is_no_list_of_envelopes_is_refused_whole() {
        for body in [
            "",
            "[]",
            "{}",
            "{\"envelopes\": 5}",
            "{\"envelopes\": [",
            "nonsense",
        ] {
            assert!(
                matches!(
                    decode(Form::Json, body.as_bytes()),
                    Err(EnvelopesError::Json { .. })
                ),
                "{body}"
            );
        }
        assert!(matches!(
            decode(Form::Json, b"{\"a\": \"\xff\"}"),
            Err(EnvelopesError::Utf8 { at: 7 })
        ));
        let many = format!("{{\"envelopes\": [{}0]}}", "0,".repeat(ENVELOPES_MAX));
        assert_eq!(
            decode(Form::Json, many.as_bytes()).unwrap_err(),
            EnvelopesError::TooManyEnvelopes
        );
        let wide = format!("{{\"envelopes\": [[{}0]]}}", "0,".repeat(VALUES_MAX));
        assert_eq!(
            decode(Form::Json, wide.as_bytes()).unwrap_err(),
            EnvelopesError::TooManyValues
        );
    }
}

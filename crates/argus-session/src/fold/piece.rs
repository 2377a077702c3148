//! A piece of captured text or JSON, held as a reference with its length and a fingerprint.

use serde_json::Value;

use crate::document::{Payload, Text, TextForm, TextRef, as_payload, as_text};
use crate::{Record, canonical};

/// What the client writes where telemetry is not to carry content.
pub(crate) const REDACTED: &str = "<REDACTED>";

/// A reference to a text with what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Piece {
    /// Where it stands; `None` when only its length is known.
    pub(crate) text_ref: Option<TextRef>,
    pub(crate) bytes: u64,
    /// Fingerprint of its visible characters, for telling whether two sources show one text. Never stored.
    pub(crate) print: Print,
    pub(crate) shortened: bool,
}

impl Piece {
    /// The text at `pointer` of the record's body, if there is one.
    pub(crate) fn text(record: &Record, pointer: &str, form: TextForm) -> Option<Self> {
        let value = record.body.pointer(pointer)?;
        if value.is_null() {
            return None;
        }
        let text = as_text(value, form);
        if is_without_content(&text) {
            return None;
        }
        Some(Self {
            bytes: text.len() as u64,
            print: Print::of(&text),
            shortened: false,
            text_ref: Some(TextRef {
                record: record.id,
                pointer: pointer.to_owned(),
                form,
            }),
        })
    }

    /// The JSON at `pointer` of the record's body, if there is some.
    pub(crate) fn json(record: &Record, pointer: &str, form: TextForm) -> Option<Self> {
        let value = record.body.pointer(pointer)?;
        if value.is_null() || value.as_str().is_some_and(is_without_content) {
            return None;
        }
        Some(Self {
            bytes: json_bytes(value),
            print: Print::default(),
            shortened: false,
            text_ref: Some(TextRef {
                record: record.id,
                pointer: pointer.to_owned(),
                form,
            }),
        })
    }

    /// What telemetry tells of a tool's input at `pointer`, if it tells any of it.
    pub(crate) fn tool_parameters(record: &Record, pointer: &str) -> Option<Self> {
        let form = TextForm::ToolParameters;
        let told = as_payload(record.body.pointer(pointer)?.clone(), form);
        told.as_object().filter(|told| !told.is_empty())?;
        Some(Self {
            bytes: json_bytes(&told),
            print: Print::default(),
            shortened: true,
            text_ref: Some(TextRef {
                record: record.id,
                pointer: pointer.to_owned(),
                form,
            }),
        })
    }

    /// A text of which only the length is known.
    pub(crate) fn length(bytes: u64) -> Self {
        Self {
            text_ref: None,
            bytes,
            print: Print::default(),
            shortened: false,
        }
    }

    pub(crate) fn to_text(&self) -> Text {
        Text {
            text: None,
            text_bytes: self.bytes,
            text_ref: self.text_ref.clone().into_iter().collect(),
            text_shortened: self.shortened,
            text_redactions: Vec::new(),
        }
    }

    pub(crate) fn to_payload(&self) -> Payload {
        Payload {
            json: None,
            bytes: self.bytes,
            json_ref: self.text_ref.clone(),
            shortened: self.shortened,
            redactions: Vec::new(),
        }
    }
}

/// True of what stands where there is no content: once for each block of a message.
fn is_without_content(text: &str) -> bool {
    text.starts_with(REDACTED) && text.replace(REDACTED, "").trim().is_empty()
}

/// Size in bytes of a JSON value: of a string its text, of anything else its compact form.
pub(crate) fn json_bytes(value: &Value) -> u64 {
    struct Count(u64);
    impl std::io::Write for Count {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0 += bytes.len() as u64;
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    if let Value::String(text) = value {
        return text.len() as u64;
    }
    let mut count = Count(0);
    serde_json::to_writer(&mut count, value).map_or(0, |()| count.0)
}

/// Fingerprint of a tool call's name and input, by which a permission request finds its call.
pub(crate) fn call_print(tool_name: &str, input: &Value) -> u64 {
    let mut bytes = tool_name.as_bytes().to_vec();
    bytes.push(0);
    canonical::write(input, &mut bytes);
    bytes
        .iter()
        .fold(0, |hash, byte| step(hash, u64::from(*byte)))
}

const PRIME: u64 = (1 << 61) - 1;
const BASE: u64 = 0x1f35_a7bd_9e37_79b9 % PRIME;

/// A polynomial hash over the characters that are not white space, of which two can be joined: the print of a text that
/// was streamed in pieces is the join of the pieces' prints.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Print {
    hash: u64,
    characters: u64,
}

impl Print {
    pub(crate) fn of(text: &str) -> Self {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .fold(Self::default(), |print, c| Self {
                hash: step(print.hash, u64::from(u32::from(c)) + 1),
                characters: print.characters + 1,
            })
    }

    pub(crate) fn join(self, next: Self) -> Self {
        Self {
            hash: add(multiply(self.hash, power(BASE, next.characters)), next.hash),
            characters: self.characters + next.characters,
        }
    }

    pub(crate) fn is_empty(self) -> bool {
        self.characters == 0
    }
}

fn step(hash: u64, value: u64) -> u64 {
    add(multiply(hash, BASE), value % PRIME)
}

fn add(a: u64, b: u64) -> u64 {
    (a + b) % PRIME
}

fn multiply(a: u64, b: u64) -> u64 {
    // 2^61 is 1 modulo the prime: the bits above are added to those below, without a division.
    let product = u128::from(a) * u128::from(b);
    let low = u64::try_from(product & u128::from(PRIME)).expect("61 bits fit");
    let high = u64::try_from(product >> 61).expect("a product of two 61-bit numbers has 122 bits");
    add(low, high)
}

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_a_division() {
        for (a, b) in [
            (0, 5),
            (PRIME - 1, PRIME - 1),
            (BASE, BASE),
            (1 << 60, 12_345),
        ] {
            let expected = u128::from(a) * u128::from(b) % u128::from(PRIME);
            assert_eq!(u128::from(multiply(a, b)), expected);
        }
    }

    #[test]
    fn joined_prints_are_the_print_of_the_whole() {
        let whole = Print::of("This answer:\n\nline");
        assert_eq!(
            Print::of("This ans")
                .join(Print::of("wer:\n"))
                .join(Print::of("\nline ")),
            whole
        );
        assert_ne!(Print::of("This answer"), whole);
    }
}

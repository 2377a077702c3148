//! OTLP in JSON: the tables of [`super::schema`] read from the text as it comes, item by item.
//!
//! What is wrong inside an item is noted and read past, never an error of the JSON reader: that would cost the whole
//! request. Null is "not set" everywhere, unknown members are skipped without being built, and no tree of the request is
//! ever in memory, only what is kept of it.

mod any;
mod envelopes;
mod field;
mod reads;
mod scalar;

use super::collect::Collector;
use super::tally::Tally;
use argus_session::without_lone_surrogates;

use super::{DecodeError, Decoded, Signal};
use envelopes::{Reader, Request};
use reads::Lenient;
use serde::de::DeserializeSeed as _;

/// Reads an export request.
pub(super) fn decode(signal: Signal, bytes: &[u8]) -> Result<Decoded, DecodeError> {
    let text = std::str::from_utf8(bytes).map_err(|error| DecodeError::Utf8 {
        at: error.valid_up_to(),
    })?;
    read(signal, text).or_else(|error| match (&error, without_lone_surrogates(text)) {
        (DecodeError::Json { .. }, Some(mended)) => read(signal, &mended),
        _ => Err(error),
    })
}

fn read(signal: Signal, text: &str) -> Result<Decoded, DecodeError> {
    let mut reader = Reader {
        signal,
        tally: Tally::default(),
        collector: Collector::new(signal),
        fatal: None,
    };
    let mut json = serde_json::Deserializer::from_str(text);
    let read = Lenient(Request(&mut reader))
        .deserialize(&mut json)
        .and_then(|()| json.end());
    match (reader.fatal, read) {
        (Some(fatal), _) => Err(fatal),
        (None, Err(error)) => Err(syntax(&error)),
        (None, Ok(())) => Ok(reader.collector.finish()),
    }
}

fn syntax(error: &serde_json::Error) -> DecodeError {
    // The library's own words may quote the text.
    let what = match error.classify() {
        serde_json::error::Category::Eof => "it ends too early",
        _ => "it is malformed here, or nested too deeply",
    };
    DecodeError::Json {
        line: error.line(),
        column: error.column(),
        what,
    }
}

//! OTLP bodies as items, one by one: a bad item is refused and counted, the rest is kept.
//!
//! Pure. The canonical body of an item is described in [`argus_session::source::otel`]; JSON and protobuf give the same
//! bytes for the same item, because both readers interpret one table of messages.

mod collect;
mod json;
mod protobuf;
mod schema;
mod tally;
mod value;
mod wire;

use argus_session::Item;
use serde_json::Value;

pub use tally::{
    ATTRIBUTES_MAX, ITEM_VALUES_MAX, ITEMS_MAX, REQUEST_VALUES_MAX, SHARED_BYTES_MAX,
    VALUE_NESTING_MAX,
};

/// What a request carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Signal {
    /// Log records.
    Logs,
    /// Data points.
    Metrics,
    /// Spans.
    Traces,
}

impl Signal {
    /// Every signal.
    pub const ALL: [Self; 3] = [Self::Logs, Self::Metrics, Self::Traces];

    /// Its name, as in the path `/v1/NAME`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Logs => "logs",
            Self::Metrics => "metrics",
            Self::Traces => "traces",
        }
    }

    /// What its items are called.
    #[must_use]
    pub const fn items(self) -> &'static str {
        match self {
            Self::Logs => "log records",
            Self::Metrics => "data points",
            Self::Traces => "spans",
        }
    }

    /// The member of the canonical body that holds the item.
    const fn member(self) -> &'static str {
        match self {
            Self::Logs => "log",
            Self::Metrics => "point",
            Self::Traces => "span",
        }
    }
}

/// How a request is encoded. gRPC messages are protobuf: see [`super::unframed`] for their frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// `application/json`.
    Json,
    /// `application/x-protobuf`.
    Protobuf,
}

/// The items of a request, in its order.
#[derive(Debug, Default)]
pub struct Decoded {
    /// What is to be kept.
    pub items: Vec<Item>,
    /// What is not, and why.
    pub rejected: Vec<Rejected>,
}

/// An item that is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rejected {
    /// Its place among the request's items, from 0.
    pub index: usize,
    /// What is wrong with it.
    pub reason: Reason,
}

/// Why one item is refused. The sender's fault, and final: the same item will be refused again. Without its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Reason {
    /// A member has the wrong type, or a number out of its range.
    #[error("\"{0}\" has a value of the wrong type or range")]
    Type(&'static str),
    /// An id that is no hex.
    #[error("\"{0}\" is not hex")]
    Hex(&'static str),
    /// Not an object where an item should be.
    #[error("the item is no object")]
    NotAnObject,
    /// A span that has no valid trace id.
    #[error("a span needs a traceId of 16 bytes, not all zero")]
    NoTraceId,
    /// A span that has no valid span id.
    #[error("a span needs a spanId of 8 bytes, not all zero")]
    NoSpanId,
    /// Too many attributes in one list.
    #[error("more than {ATTRIBUTES_MAX} attributes in one list")]
    TooManyAttributes,
    /// Too many values.
    #[error("more than {ITEM_VALUES_MAX} values in one item")]
    TooManyValues,
    /// Too deep.
    #[error("attribute values nested deeper than {VALUE_NESTING_MAX} levels")]
    TooDeep,
}

/// Why a whole request is refused. The sender's fault, and final. Without its content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// Not UTF-8.
    #[error("the body is not UTF-8 (byte {at}): JSON must be")]
    Utf8 {
        /// The first byte that does not fit.
        at: usize,
    },
    /// Not JSON.
    #[error("the body is not JSON (line {line}, column {column}): {what}")]
    Json {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// Kind of fault.
        what: &'static str,
    },
    /// JSON, but not of this signal's form.
    #[error("\"{member}\" is not {expected}")]
    Shape {
        /// Which member of the envelopes around the items; empty: the body.
        member: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// Not protobuf.
    #[error("the body is not a protobuf message of this signal: {0}")]
    Protobuf(&'static str),
    /// Too many items.
    #[error("more than {ITEMS_MAX} items in one request: send smaller batches")]
    TooManyItems,
    /// Too many values.
    #[error("more than {REQUEST_VALUES_MAX} attribute values in one request: send smaller batches")]
    TooManyValues,
    /// Too much that each item would have a copy of.
    #[error(
        "the resource, scope and metric that the items share come to more than {SHARED_BYTES_MAX} bytes in all: send smaller batches"
    )]
    TooMuchShared,
}

impl DecodeError {
    /// True when the request is well formed and only too large.
    #[must_use]
    pub const fn is_too_large(&self) -> bool {
        matches!(
            self,
            Self::TooManyItems | Self::TooManyValues | Self::TooMuchShared
        )
    }
}

/// Decodes the body of an export request (inflated; of gRPC the message without its frame).
///
/// # Errors
/// When nothing can be read from it: not JSON, not protobuf, or the envelopes around the items have the wrong form. A
/// fault in one item is in [`Decoded::rejected`] instead.
pub fn decode(signal: Signal, encoding: Encoding, bytes: &[u8]) -> Result<Decoded, DecodeError> {
    match encoding {
        Encoding::Json => json::decode(signal, bytes),
        Encoding::Protobuf => protobuf::decode(signal, bytes),
    }
}

/// A metric's head: what `Metric` says, the kind of its data, and what that says of the series.
fn metric_head(metric: collect::Head, kind: &str, series: collect::Head) -> collect::Head {
    let mut head = metric?;
    head.insert("type".to_owned(), Value::from(kind));
    head.extend(series?);
    Ok(head)
}

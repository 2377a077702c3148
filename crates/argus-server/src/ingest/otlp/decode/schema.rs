//! The messages of OTLP 1.11 that Argus keeps, as tables: one field, its number in protobuf, its name in JSON, its name in
//! the canonical body, its kind.
//!
//! Both readers (JSON and protobuf) interpret these tables, so that the two encodings cannot part: a field is known to
//! both or to neither, and a value has one canonical form. What no table names is ignored, as OTLP asks.

/// A message: its fields in the order in which the canonical body has them.
pub(super) type Message = &'static [Field];

/// No message has more fields than this.
pub(super) const FIELDS_MAX: usize = 16;

/// One field.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) number: u32,
    pub(super) json: &'static str,
    pub(super) name: &'static str,
    pub(super) kind: Kind,
}

/// What a field holds. Unless said otherwise its default (0, "", empty) is left out of the canonical body.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Text,
    /// An id of so many bytes: hex in JSON. Of another length, or all zero: as if absent.
    Id(usize),
    Bool,
    /// `fixed64`.
    Fixed64,
    /// `fixed32`.
    Fixed32,
    /// `uint32`.
    Uint32,
    /// An enum: an `int32` on the wire, an integer in JSON.
    Enum,
    /// `sint32`.
    Sint32,
    /// `double`.
    Double,
    /// `double` whose presence means something: 0 is kept.
    DoubleSet,
    /// `sfixed64` whose presence means something: 0 is kept.
    IntSet,
    /// Repeated `fixed64`.
    Fixed64s,
    /// Repeated `uint64`.
    Uint64s,
    /// Repeated `double`.
    Doubles,
    /// An `AnyValue`. Unset is left out.
    Value,
    /// Repeated `KeyValue`.
    Attributes,
    Message(Message),
    /// A repeated message.
    Messages(Message),
}

const fn field(number: u32, json: &'static str, name: &'static str, kind: Kind) -> Field {
    Field {
        number,
        json,
        name,
        kind,
    }
}

const fn time(number: u32) -> Field {
    field(number, "timeUnixNano", "time_unix_nano", Kind::Fixed64)
}

const fn start(number: u32) -> Field {
    field(
        number,
        "startTimeUnixNano",
        "start_time_unix_nano",
        Kind::Fixed64,
    )
}

const fn attributes(number: u32) -> Field {
    field(number, "attributes", "attributes", Kind::Attributes)
}

const fn dropped_attributes(number: u32) -> Field {
    field(
        number,
        "droppedAttributesCount",
        "dropped_attributes_count",
        Kind::Uint32,
    )
}

const fn trace_id(number: u32) -> Field {
    field(number, "traceId", "trace_id", Kind::Id(16))
}

const fn span_id(number: u32) -> Field {
    field(number, "spanId", "span_id", Kind::Id(8))
}

const fn count(number: u32) -> Field {
    field(number, "count", "count", Kind::Fixed64)
}

const fn exemplars(number: u32) -> Field {
    field(number, "exemplars", "exemplars", Kind::Messages(EXEMPLAR))
}

const fn point_flags(number: u32) -> Field {
    field(number, "flags", "flags", Kind::Uint32)
}

/// `Resource`.
pub(super) const RESOURCE: Message = &[attributes(1), dropped_attributes(2)];

/// `InstrumentationScope`.
pub(super) const SCOPE: Message = &[
    field(1, "name", "name", Kind::Text),
    field(2, "version", "version", Kind::Text),
    attributes(3),
    dropped_attributes(4),
];

/// `LogRecord`.
pub(super) const LOG: Message = &[
    time(1),
    field(
        11,
        "observedTimeUnixNano",
        "observed_time_unix_nano",
        Kind::Fixed64,
    ),
    field(2, "severityNumber", "severity_number", Kind::Enum),
    field(3, "severityText", "severity_text", Kind::Text),
    field(12, "eventName", "event_name", Kind::Text),
    field(5, "body", "body", Kind::Value),
    attributes(6),
    dropped_attributes(7),
    field(8, "flags", "flags", Kind::Fixed32),
    trace_id(9),
    span_id(10),
];

/// `Span`.
pub(super) const SPAN: Message = &[
    trace_id(1),
    span_id(2),
    field(4, "parentSpanId", "parent_span_id", Kind::Id(8)),
    field(3, "traceState", "trace_state", Kind::Text),
    field(5, "name", "name", Kind::Text),
    field(6, "kind", "kind", Kind::Enum),
    start(7),
    field(8, "endTimeUnixNano", "end_time_unix_nano", Kind::Fixed64),
    attributes(9),
    dropped_attributes(10),
    field(11, "events", "events", Kind::Messages(EVENT)),
    field(
        12,
        "droppedEventsCount",
        "dropped_events_count",
        Kind::Uint32,
    ),
    field(13, "links", "links", Kind::Messages(LINK)),
    field(14, "droppedLinksCount", "dropped_links_count", Kind::Uint32),
    field(15, "status", "status", Kind::Message(STATUS)),
    field(16, "flags", "flags", Kind::Fixed32),
];

const EVENT: Message = &[
    time(1),
    field(2, "name", "name", Kind::Text),
    attributes(3),
    dropped_attributes(4),
];

const LINK: Message = &[
    trace_id(1),
    span_id(2),
    field(3, "traceState", "trace_state", Kind::Text),
    attributes(4),
    dropped_attributes(5),
    field(6, "flags", "flags", Kind::Fixed32),
];

const STATUS: Message = &[
    field(2, "message", "message", Kind::Text),
    field(3, "code", "code", Kind::Enum),
];

/// `Metric`, without its data.
pub(super) const METRIC: Message = &[
    field(1, "name", "name", Kind::Text),
    field(2, "description", "description", Kind::Text),
    field(3, "unit", "unit", Kind::Text),
    field(12, "metadata", "metadata", Kind::Attributes),
];

/// What `Sum`, `Histogram` and `ExponentialHistogram` say beside their points.
pub(super) const SERIES: Message = &[
    field(2, "aggregationTemporality", "temporality", Kind::Enum),
    field(3, "isMonotonic", "monotonic", Kind::Bool),
];

/// The member `data_points` of a metric's data, in protobuf and in JSON.
pub(super) const DATA_POINTS: (u32, &str) = (1, "dataPoints");

/// A kind of metric: the member of `Metric` that holds its data, its name, its points.
#[derive(Debug)]
pub(super) struct Data {
    pub(super) number: u32,
    pub(super) json: &'static str,
    pub(super) name: &'static str,
    pub(super) point: Message,
}

/// The kinds of metrics.
pub(super) const DATA: &[Data] = &[
    Data {
        number: 5,
        json: "gauge",
        name: "gauge",
        point: NUMBER,
    },
    Data {
        number: 7,
        json: "sum",
        name: "sum",
        point: NUMBER,
    },
    Data {
        number: 9,
        json: "histogram",
        name: "histogram",
        point: HISTOGRAM,
    },
    Data {
        number: 10,
        json: "exponentialHistogram",
        name: "exponential_histogram",
        point: EXPONENTIAL,
    },
    Data {
        number: 11,
        json: "summary",
        name: "summary",
        point: SUMMARY,
    },
];

const NUMBER: Message = &[
    attributes(7),
    start(2),
    time(3),
    field(4, "asDouble", "value", Kind::DoubleSet),
    field(6, "asInt", "value", Kind::IntSet),
    point_flags(8),
    exemplars(5),
];

const HISTOGRAM: Message = &[
    attributes(9),
    start(2),
    time(3),
    count(4),
    field(5, "sum", "sum", Kind::DoubleSet),
    field(6, "bucketCounts", "bucket_counts", Kind::Fixed64s),
    field(7, "explicitBounds", "explicit_bounds", Kind::Doubles),
    field(11, "min", "min", Kind::DoubleSet),
    field(12, "max", "max", Kind::DoubleSet),
    point_flags(10),
    exemplars(8),
];

const EXPONENTIAL: Message = &[
    attributes(1),
    start(2),
    time(3),
    count(4),
    field(5, "sum", "sum", Kind::DoubleSet),
    field(6, "scale", "scale", Kind::Sint32),
    field(7, "zeroCount", "zero_count", Kind::Fixed64),
    field(14, "zeroThreshold", "zero_threshold", Kind::Double),
    field(8, "positive", "positive", Kind::Message(BUCKETS)),
    field(9, "negative", "negative", Kind::Message(BUCKETS)),
    field(12, "min", "min", Kind::DoubleSet),
    field(13, "max", "max", Kind::DoubleSet),
    point_flags(10),
    exemplars(11),
];

const BUCKETS: Message = &[
    field(1, "offset", "offset", Kind::Sint32),
    field(2, "bucketCounts", "bucket_counts", Kind::Uint64s),
];

const SUMMARY: Message = &[
    attributes(7),
    start(2),
    time(3),
    count(4),
    field(5, "sum", "sum", Kind::Double),
    field(
        6,
        "quantileValues",
        "quantile_values",
        Kind::Messages(QUANTILE),
    ),
    point_flags(8),
];

const QUANTILE: Message = &[
    field(1, "quantile", "quantile", Kind::Double),
    field(2, "value", "value", Kind::Double),
];

const EXEMPLAR: Message = &[
    field(
        7,
        "filteredAttributes",
        "filtered_attributes",
        Kind::Attributes,
    ),
    time(2),
    field(3, "asDouble", "value", Kind::DoubleSet),
    field(6, "asInt", "value", Kind::IntSet),
    span_id(4),
    trace_id(5),
];

/// The members of the outer messages: the same numbers for every signal.
pub(super) const RESOURCES_NUMBER: u32 = 1;
pub(super) const HEAD_NUMBER: u32 = 1;
pub(super) const CHILDREN_NUMBER: u32 = 2;
pub(super) const SCHEMA_URL_NUMBER: u32 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_fits_the_readers_slots_and_has_no_number_twice() {
        let tables = [
            RESOURCE,
            SCOPE,
            LOG,
            SPAN,
            EVENT,
            LINK,
            STATUS,
            METRIC,
            SERIES,
            NUMBER,
            HISTOGRAM,
            EXPONENTIAL,
            BUCKETS,
            SUMMARY,
            QUANTILE,
            EXEMPLAR,
        ];
        for table in tables {
            assert!(table.len() <= FIELDS_MAX);
            for (i, a) in table.iter().enumerate() {
                assert!(
                    table[i + 1..]
                        .iter()
                        .all(|b| a.number != b.number && a.json != b.json),
                    "{a:?}"
                );
            }
        }
    }
}

//! OpenTelemetry: the canonical form of log records, data points and spans, and what they say.
//!
//! A decoder (JSON, protobuf, gRPC) gives one JSON object an item:
//!
//! ```json
//! {"resource": {"attributes": {"service.name": "claude-code"}, "schema_url": "…"},
//!  "scope": {"name": "…", "version": "…", "attributes": {}, "schema_url": "…"},
//!  "log": {"time_unix_nano": 1, "observed_time_unix_nano": 1, "severity_number": 9, "severity_text": "INFO",
//!          "event_name": "…", "body": "claude_code.user_prompt", "attributes": {"session.id": "…"},
//!          "dropped_attributes_count": 0, "flags": 1, "trace_id": "hex", "span_id": "hex"}}
//! ```
//!
//! A data point has `metric` `{name, description, unit, type, temporality, monotonic, metadata}` and `point`
//! `{attributes, start_time_unix_nano, time_unix_nano, value | …, flags, exemplars}` in place of `log`; a span has
//! `span` `{trace_id, span_id, parent_span_id, trace_state, name, kind, start_time_unix_nano, end_time_unix_nano,
//! attributes, events: [{time_unix_nano, name, attributes}], links, status: {code, message}, flags}`.
//!
//! Members with the default value of their type (0, "", empty, unset) are left out, except attribute values. Attribute
//! values: strings, booleans, integers (JSON integers), doubles (JSON numbers with a decimal point; NaN and infinities
//! as `{"double": "NaN"}`), arrays, key-value lists (`{"kvlist": {…}}`), bytes (`{"bytes": "base64"}`), unset: null.
//! A repeated attribute key keeps its first value under the key and the others under `key#2`, `key#3`, …
//! Ids are lower-case hex.

mod attributes;
mod log;
mod metric;
mod span;

use serde_json::Value;

use crate::{Item, Meta, NaturalKey, Source, canonical, time};

pub(crate) use log::log_facts;
pub(crate) use metric::metric_facts;
pub(crate) use span::span_facts;

/// The item of a decoded log record, data point or span, given in the form described above.
/// Its kind is told by its member: `log`, `point` or `span`.
#[must_use]
pub fn item(body: Value) -> Item {
    let (source, member) = if body.get("span").is_some() {
        (Source::OtelSpan, "span")
    } else if body.get("point").is_some() {
        (Source::OtelMetric, "point")
    } else {
        (Source::OtelLog, "log")
    };
    let inner = body.get(member);
    let attribute = |name: &str| {
        let of = |value: Option<&Value>| {
            value
                .and_then(|v| v.get("attributes"))
                .and_then(|a| a.get(name))
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        of(inner)
            .or_else(|| of(body.get("resource")))
            .filter(|id| !id.is_empty())
    };
    let id = |name: &str| inner.and_then(|v| v.get(name)).and_then(Value::as_str);
    let nanos = |name: &str| {
        inner
            .and_then(|v| v.get(name))
            .and_then(Value::as_u64)
            .map(time::us_from_unix_nano)
    };
    let key = match (source, id("trace_id"), id("span_id")) {
        (Source::OtelSpan, Some(trace_id), Some(span_id)) => NaturalKey::span(trace_id, span_id),
        _ => NaturalKey::canonical(canonical::to_vec(&body)),
    };
    let at_us = match source {
        Source::OtelSpan => nanos("start_time_unix_nano"),
        _ => nanos("time_unix_nano").or_else(|| nanos("observed_time_unix_nano")),
    };
    Item {
        source,
        key,
        session_id: attribute("session.id"),
        at_us,
        meta: Meta::default(),
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_span_is_known_by_its_ids_and_a_log_record_by_its_content() {
        let span = item(
            json!({"span": {"trace_id": "aa", "span_id": "bb", "start_time_unix_nano": 5_000,
            "attributes": {"session.id": "s"}}}),
        );
        assert_eq!(
            (span.source, span.at_us, span.session_id.as_deref()),
            (Source::OtelSpan, Some(5), Some("s"))
        );
        assert_eq!(span.key, NaturalKey::span("aa", "bb"));
        let a = item(
            json!({"resource": {"attributes": {"session.id": "s"}}, "log": {"body": "x", "time_unix_nano": 1}}),
        );
        let b = item(
            json!({"log": {"time_unix_nano": 1, "body": "x"}, "resource": {"attributes": {"session.id": "s"}}}),
        );
        assert_eq!(a.key, b.key);
        assert_eq!(a.session_id.as_deref(), Some("s"));
    }
}

//! JSON and protobuf of the same request give the same bytes. The messages are those that `opentelemetry-proto`
//! generates from the specification, so that both readers are held against somebody else's encoder.

use argus_server::ingest::otlp::{Decoded, Encoding, Signal, decode};
use argus_session::canonical;
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{
    AnyValue, ArrayValue, InstrumentationScope, KeyValue, KeyValueList, any_value::Value as Any,
};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::metrics::v1::{
    Exemplar, ExponentialHistogram, ExponentialHistogramDataPoint, Gauge, Histogram,
    HistogramDataPoint, Metric, NumberDataPoint, ResourceMetrics, ScopeMetrics, Sum, Summary,
    SummaryDataPoint, exemplar, exponential_histogram_data_point::Buckets, metric::Data,
    number_data_point, summary_data_point::ValueAtQuantile,
};
use opentelemetry_proto::tonic::resource::v1::Resource;
use opentelemetry_proto::tonic::trace::v1::span::{Event, Link};
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span, Status};
use proptest::prelude::*;
use prost::Message;
use serde::Serialize;

/// Text with what hurts: empty, quotes, escapes, beyond the first plane.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-z.]{1,12}",
        "\\PC{0,8}",
        Just("\"\\\n\u{0}\u{1f600}".to_owned())
    ]
}

fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(1.0),
        Just(-0.5),
        Just(1e-7),
        Just(f64::MAX),
        prop::num::f64::NORMAL
    ]
}

fn any_value() -> impl Strategy<Value = AnyValue> {
    let leaf = prop_oneof![
        text().prop_map(Any::StringValue),
        any::<bool>().prop_map(Any::BoolValue),
        any::<i64>().prop_map(Any::IntValue),
        finite().prop_map(Any::DoubleValue),
        prop::collection::vec(any::<u8>(), 0..9).prop_map(Any::BytesValue),
    ];
    let tree = leaf.prop_recursive(3, 16, 4, |inner| {
        let value = inner.prop_map(|value| AnyValue { value: Some(value) });
        prop_oneof![
            prop::collection::vec(value.clone(), 0..4)
                .prop_map(|values| Any::ArrayValue(ArrayValue { values })),
            prop::collection::vec((text(), value), 0..4).prop_map(|pairs| {
                let values = pairs
                    .into_iter()
                    .map(|(key, value)| key_value(key, value))
                    .collect();
                Any::KvlistValue(KeyValueList { values })
            }),
        ]
    });
    tree.prop_map(|value| AnyValue { value: Some(value) })
}

fn key_value(key: String, value: AnyValue) -> KeyValue {
    KeyValue {
        key,
        value: Some(value),
        ..KeyValue::default()
    }
}

fn attributes() -> impl Strategy<Value = Vec<KeyValue>> {
    // Few keys, so that some come twice.
    prop::collection::vec(
        (
            prop_oneof!["[ab]", Just("session.id".to_owned()), text()],
            any_value(),
        ),
        0..5,
    )
    .prop_map(|pairs| {
        pairs
            .into_iter()
            .map(|(key, value)| key_value(key, value))
            .collect()
    })
}

fn id(length: usize) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        Just(Vec::new()),
        Just(vec![0; length]),
        prop::collection::vec(any::<u8>(), length)
    ]
}

fn times() -> impl Strategy<Value = (u64, u64)> {
    (prop_oneof![Just(0), any::<u64>()], any::<u64>())
}

fn log() -> impl Strategy<Value = LogRecord> {
    let head = (
        times(),
        0..25,
        text(),
        prop::option::of(any_value()),
        attributes(),
    );
    (head, any::<u32>(), any::<u32>(), id(16), id(8), text()).prop_map(
        |(head, dropped, flags, trace_id, span_id, event_name)| {
            let (
                (time_unix_nano, observed_time_unix_nano),
                severity_number,
                severity_text,
                body,
                attributes,
            ) = head;
            LogRecord {
                time_unix_nano,
                observed_time_unix_nano,
                severity_number,
                severity_text,
                body,
                attributes,
                flags,
                dropped_attributes_count: dropped,
                trace_id,
                span_id,
                event_name,
            }
        },
    )
}

fn span() -> impl Strategy<Value = Span> {
    let event = (any::<u64>(), text(), attributes(), any::<u32>()).prop_map(
        |(time_unix_nano, name, attributes, dropped)| Event {
            time_unix_nano,
            name,
            attributes,
            dropped_attributes_count: dropped,
        },
    );
    let link = (id(16), id(8), text(), attributes(), any::<u32>()).prop_map(
        |(trace_id, span_id, trace_state, attributes, flags)| Link {
            trace_id,
            span_id,
            trace_state,
            attributes,
            flags,
            ..Link::default()
        },
    );
    let status =
        prop::option::of((text(), 0..3).prop_map(|(message, code)| Status { message, code }));
    let ids = (id(16), id(8), id(8));
    let lists = (
        attributes(),
        prop::collection::vec(event, 0..3),
        prop::collection::vec(link, 0..3),
    );
    (ids, text(), 0..6, times(), lists, status, any::<u32>()).prop_map(
        |(ids, name, kind, times, lists, status, flags)| Span {
            trace_id: ids.0,
            span_id: ids.1,
            parent_span_id: ids.2,
            name,
            kind,
            flags,
            status,
            start_time_unix_nano: times.0,
            end_time_unix_nano: times.1,
            attributes: lists.0,
            events: lists.1,
            links: lists.2,
            ..Span::default()
        },
    )
}

fn exemplars() -> impl Strategy<Value = Vec<Exemplar>> {
    let value = prop_oneof![
        finite().prop_map(exemplar::Value::AsDouble),
        any::<i64>().prop_map(exemplar::Value::AsInt)
    ];
    let exemplar = (attributes(), any::<u64>(), id(8), id(16), value).prop_map(
        |(filtered_attributes, time, span_id, trace_id, value)| Exemplar {
            filtered_attributes,
            time_unix_nano: time,
            span_id,
            trace_id,
            value: Some(value),
        },
    );
    prop::collection::vec(exemplar, 0..2)
}

fn number() -> impl Strategy<Value = NumberDataPoint> {
    let value = prop::option::of(prop_oneof![
        finite().prop_map(number_data_point::Value::AsDouble),
        any::<i64>().prop_map(number_data_point::Value::AsInt),
    ]);
    (attributes(), times(), exemplars(), 0_u32..2, value).prop_map(
        |(attributes, times, exemplars, flags, value)| NumberDataPoint {
            attributes,
            start_time_unix_nano: times.0,
            time_unix_nano: times.1,
            exemplars,
            flags,
            value,
        },
    )
}

fn histogram() -> impl Strategy<Value = HistogramDataPoint> {
    let numbers = (
        any::<u64>(),
        prop::option::of(finite()),
        prop::option::of(finite()),
    );
    let lists = (
        prop::collection::vec(any::<u64>(), 0..4),
        prop::collection::vec(finite(), 0..4),
        exemplars(),
    );
    (attributes(), times(), numbers, lists).prop_map(
        |(attributes, times, (count, sum, min), lists)| HistogramDataPoint {
            attributes,
            start_time_unix_nano: times.0,
            time_unix_nano: times.1,
            count,
            sum,
            min,
            max: min,
            bucket_counts: lists.0,
            explicit_bounds: lists.1,
            exemplars: lists.2,
            flags: 0,
        },
    )
}

fn exponential() -> impl Strategy<Value = ExponentialHistogramDataPoint> {
    let buckets = || {
        prop::option::of(
            (any::<i32>(), prop::collection::vec(any::<u64>(), 0..4)).prop_map(
                |(offset, bucket_counts)| Buckets {
                    offset,
                    bucket_counts,
                },
            ),
        )
    };
    (
        attributes(),
        times(),
        any::<i32>(),
        finite(),
        buckets(),
        buckets(),
        exemplars(),
    )
        .prop_map(
            |(attributes, times, scale, zero_threshold, positive, negative, exemplars)| {
                ExponentialHistogramDataPoint {
                    attributes,
                    start_time_unix_nano: times.0,
                    time_unix_nano: times.1,
                    count: times.1,
                    zero_count: times.0,
                    sum: Some(zero_threshold),
                    scale,
                    zero_threshold,
                    positive,
                    negative,
                    exemplars,
                    ..ExponentialHistogramDataPoint::default()
                }
            },
        )
}

fn summary() -> impl Strategy<Value = SummaryDataPoint> {
    let quantiles = prop::collection::vec(
        (finite(), finite()).prop_map(|(quantile, value)| ValueAtQuantile { quantile, value }),
        0..3,
    );
    (attributes(), times(), finite(), quantiles).prop_map(
        |(attributes, times, sum, quantile_values)| SummaryDataPoint {
            attributes,
            start_time_unix_nano: times.0,
            time_unix_nano: times.1,
            count: times.1,
            sum,
            quantile_values,
            flags: 1,
        },
    )
}

fn metric() -> impl Strategy<Value = Metric> {
    let some = |size| 1..size;
    let data = prop_oneof![
        prop::collection::vec(number(), some(3))
            .prop_map(|data_points| Data::Gauge(Gauge { data_points })),
        (
            prop::collection::vec(number(), some(3)),
            0..3,
            any::<bool>()
        )
            .prop_map(|(data_points, aggregation_temporality, is_monotonic)| {
                Data::Sum(Sum {
                    data_points,
                    aggregation_temporality,
                    is_monotonic,
                })
            }),
        (prop::collection::vec(histogram(), some(3)), 0..3).prop_map(
            |(data_points, aggregation_temporality)| {
                Data::Histogram(Histogram {
                    data_points,
                    aggregation_temporality,
                })
            }
        ),
        (prop::collection::vec(exponential(), some(3)), 0..3).prop_map(
            |(data_points, aggregation_temporality)| {
                Data::ExponentialHistogram(ExponentialHistogram {
                    data_points,
                    aggregation_temporality,
                })
            }
        ),
        prop::collection::vec(summary(), some(3))
            .prop_map(|data_points| Data::Summary(Summary { data_points })),
    ];
    (text(), text(), text(), attributes(), data).prop_map(
        |(name, description, unit, metadata, data)| Metric {
            name,
            description,
            unit,
            metadata,
            data: Some(data),
        },
    )
}

fn resource() -> impl Strategy<Value = Option<Resource>> {
    prop::option::of(attributes().prop_map(|attributes| Resource {
        attributes,
        ..Resource::default()
    }))
}

fn scope() -> impl Strategy<Value = Option<InstrumentationScope>> {
    prop::option::of(
        (text(), text(), attributes()).prop_map(|(name, version, attributes)| {
            InstrumentationScope {
                name,
                version,
                attributes,
                dropped_attributes_count: 0,
            }
        }),
    )
}

fn bodies(decoded: &Decoded) -> Vec<String> {
    decoded
        .items
        .iter()
        .map(|item| item.body.to_string())
        .collect()
}

/// Both encodings, read and compared; gives the number of items.
fn agree<M: Message + Serialize>(signal: Signal, request: &M) -> Result<usize, TestCaseError> {
    let json = serde_json::to_string(request).unwrap();
    let json = decode(signal, Encoding::Json, json.as_bytes()).unwrap();
    let wire = decode(signal, Encoding::Protobuf, &request.encode_to_vec()).unwrap();
    prop_assert_eq!(bodies(&json), bodies(&wire));
    prop_assert_eq!(&json.rejected, &wire.rejected);
    for (a, b) in json.items.iter().zip(&wire.items) {
        prop_assert_eq!(&a.key, &b.key);
        prop_assert_eq!((&a.session_id, a.at_us), (&b.session_id, b.at_us));
        // A canonical body is its own canonical form: reading it back changes nothing.
        let bytes = canonical::to_vec(&a.body);
        let again = serde_json::from_slice(&bytes).unwrap();
        prop_assert_eq!(bytes, canonical::to_vec(&again));
    }
    Ok(json.items.len() + json.rejected.len())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn of_logs(resource in resource(), scope in scope(), log_records in prop::collection::vec(log(), 1..4), schema_url in text()) {
        let count = log_records.len();
        let scope_logs = vec![ScopeLogs { scope, log_records, schema_url: schema_url.clone() }, ScopeLogs::default()];
        let resource_logs = vec![ResourceLogs { resource, scope_logs, schema_url }, ResourceLogs::default()];
        prop_assert_eq!(agree(Signal::Logs, &ExportLogsServiceRequest { resource_logs })?, count);
    }

    #[test]
    fn of_spans(resource in resource(), scope in scope(), spans in prop::collection::vec(span(), 1..4)) {
        let count = spans.len();
        let scope_spans = vec![ScopeSpans { scope, spans, schema_url: String::new() }];
        let resource_spans = vec![ResourceSpans { resource, scope_spans, schema_url: String::new() }];
        prop_assert_eq!(agree(Signal::Traces, &ExportTraceServiceRequest { resource_spans })?, count);
    }

    #[test]
    fn of_data_points(resource in resource(), scope in scope(), metrics in prop::collection::vec(metric(), 1..4)) {
        let count: usize = metrics.iter().map(points).sum();
        let scope_metrics = vec![ScopeMetrics { scope, metrics, schema_url: String::new() }];
        let resource_metrics = vec![ResourceMetrics { resource, scope_metrics, schema_url: String::new() }];
        prop_assert_eq!(agree(Signal::Metrics, &ExportMetricsServiceRequest { resource_metrics })?, count);
    }
}

fn points(metric: &Metric) -> usize {
    match metric.data.as_ref().unwrap() {
        Data::Gauge(data) => data.data_points.len(),
        Data::Sum(data) => data.data_points.len(),
        Data::Histogram(data) => data.data_points.len(),
        Data::ExponentialHistogram(data) => data.data_points.len(),
        Data::Summary(data) => data.data_points.len(),
    }
}

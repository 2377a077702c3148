//! Export requests, in both encodings.

use std::io::Write as _;

use argus_server::ingest::otlp::{ATTRIBUTES_MAX, Signal};
use opentelemetry_proto::tonic::collector::logs::v1::ExportLogsServiceRequest;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue, any_value::Value};
use opentelemetry_proto::tonic::logs::v1::{LogRecord, ResourceLogs, ScopeLogs};
use opentelemetry_proto::tonic::metrics::v1::{
    Metric, NumberDataPoint, ResourceMetrics, ScopeMetrics, Sum, metric::Data, number_data_point,
};
use opentelemetry_proto::tonic::trace::v1::{ResourceSpans, ScopeSpans, Span};
use prost::Message;

/// The two media types.
pub(crate) const JSON: &str = "application/json";
pub(crate) const PROTOBUF: &str = "application/x-protobuf";

/// A request in both encodings.
#[derive(Clone, Debug)]
pub(crate) struct Payload {
    pub(crate) json: Vec<u8>,
    pub(crate) protobuf: Vec<u8>,
}

impl Payload {
    pub(crate) fn of(&self, media_type: &str) -> Vec<u8> {
        if media_type == JSON {
            self.json.clone()
        } else {
            self.protobuf.clone()
        }
    }
}

pub(crate) fn path(signal: Signal) -> String {
    format!("/v1/{}", signal.as_str())
}

pub(crate) fn method(signal: Signal) -> &'static str {
    match signal {
        Signal::Logs => "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        Signal::Metrics => "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        Signal::Traces => "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
    }
}

pub(crate) fn attribute(key: &str, value: &str) -> KeyValue {
    let value = Some(AnyValue {
        value: Some(Value::StringValue(value.to_owned())),
    });
    KeyValue {
        key: key.to_owned(),
        value,
        ..KeyValue::default()
    }
}

/// Items of the session `session`, as many as `good`, and after them `bad` ones, which have too many attributes.
pub(crate) fn payload(signal: Signal, session: &str, good: usize, bad: usize) -> Payload {
    let attributes: Vec<Vec<KeyValue>> = (0..good + bad)
        .map(|i| {
            let mut list = vec![
                attribute("session.id", session),
                attribute("n", &i.to_string()),
            ];
            if i >= good {
                list.resize(ATTRIBUTES_MAX + 1, attribute("k", ""));
            }
            list
        })
        .collect();
    of_attributes(signal, attributes)
}

/// Items with these attributes.
pub(crate) fn of_attributes(signal: Signal, attributes: Vec<Vec<KeyValue>>) -> Payload {
    match signal {
        Signal::Logs => both(&logs(attributes)),
        Signal::Metrics => both(&metrics(attributes)),
        Signal::Traces => both(&spans(attributes)),
    }
}

fn both<M: Message + serde::Serialize>(message: &M) -> Payload {
    Payload {
        json: serde_json::to_vec(message).unwrap(),
        protobuf: message.encode_to_vec(),
    }
}

const TIME: u64 = 1_795_000_000_000_000_000;

pub(crate) fn logs(attributes: Vec<Vec<KeyValue>>) -> ExportLogsServiceRequest {
    let record = |attributes| LogRecord {
        time_unix_nano: TIME,
        body: attribute("", "claude_code.user_prompt").value,
        attributes,
        ..LogRecord::default()
    };
    let log_records = attributes.into_iter().map(record).collect();
    let scope_logs = vec![ScopeLogs {
        log_records,
        ..ScopeLogs::default()
    }];
    ExportLogsServiceRequest {
        resource_logs: vec![ResourceLogs {
            scope_logs,
            ..ResourceLogs::default()
        }],
    }
}

fn metrics(attributes: Vec<Vec<KeyValue>>) -> ExportMetricsServiceRequest {
    let point = |attributes| NumberDataPoint {
        time_unix_nano: TIME,
        value: Some(number_data_point::Value::AsDouble(0.5)),
        attributes,
        ..NumberDataPoint::default()
    };
    let data_points = attributes.into_iter().map(point).collect();
    let data = Some(Data::Sum(Sum {
        data_points,
        aggregation_temporality: 1,
        is_monotonic: true,
    }));
    let metrics = vec![Metric {
        name: "claude_code.cost.usage".to_owned(),
        data,
        ..Metric::default()
    }];
    let scope_metrics = vec![ScopeMetrics {
        metrics,
        ..ScopeMetrics::default()
    }];
    ExportMetricsServiceRequest {
        resource_metrics: vec![ResourceMetrics {
            scope_metrics,
            ..ResourceMetrics::default()
        }],
    }
}

fn spans(attributes: Vec<Vec<KeyValue>>) -> ExportTraceServiceRequest {
    let span = |(i, attributes): (usize, _)| Span {
        trace_id: vec![0xab; 16],
        span_id: u64::try_from(i + 1).unwrap().to_be_bytes().to_vec(),
        name: "claude_code.interaction".to_owned(),
        start_time_unix_nano: TIME,
        end_time_unix_nano: TIME + 5,
        attributes,
        ..Span::default()
    };
    let spans = attributes.into_iter().enumerate().map(span).collect();
    let scope_spans = vec![ScopeSpans {
        spans,
        ..ScopeSpans::default()
    }];
    ExportTraceServiceRequest {
        resource_spans: vec![ResourceSpans {
            scope_spans,
            ..ResourceSpans::default()
        }],
    }
}

pub(crate) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub(crate) fn gunzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(bytes), &mut out).unwrap();
    out
}

pub(crate) fn zstd(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 3).unwrap()
}

/// Bytes as the coding says.
pub(crate) fn coded(coding: &str, bytes: &[u8]) -> Vec<u8> {
    match coding {
        "gzip" => gzip(bytes),
        "zstd" => zstd(bytes),
        _ => bytes.to_vec(),
    }
}

/// The protobuf message made exactly so long by a field that nobody knows.
pub(crate) fn padded(message: &[u8], length: usize) -> Vec<u8> {
    let room = length - message.len();
    // Field 15 as bytes: its key, the length in three bytes (varints may be longer than they need), the filling.
    let filling = room - 4;
    assert!((1..1 << 21).contains(&filling));
    let low = |shift: usize| u8::try_from(filling >> shift & 0x7f).unwrap();
    let mut padded = message.to_vec();
    padded.extend([0x7a, low(0) | 0x80, low(7) | 0x80, low(14)]);
    padded.resize(length, b'x');
    padded
}

/// `google.rpc.Status`, as far as tests look.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Status {
    #[prost(int32, tag = "1")]
    pub(crate) code: i32,
    #[prost(string, tag = "2")]
    pub(crate) message: String,
    #[prost(message, repeated, tag = "3")]
    pub(crate) details: Vec<Detail>,
}

/// `google.protobuf.Any`.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct Detail {
    #[prost(string, tag = "1")]
    pub(crate) type_url: String,
    #[prost(bytes = "vec", tag = "2")]
    pub(crate) value: Vec<u8>,
}

/// `google.rpc.BadRequest`.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct BadRequest {
    #[prost(message, repeated, tag = "1")]
    pub(crate) field_violations: Vec<FieldViolation>,
}

/// One of its violations.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct FieldViolation {
    #[prost(string, tag = "1")]
    pub(crate) field: String,
    #[prost(string, tag = "2")]
    pub(crate) description: String,
}

/// The response of every signal has one wire form.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct ExportResponse {
    #[prost(message, optional, tag = "1")]
    pub(crate) partial_success: Option<PartialSuccess>,
}

/// Its partial success.
#[derive(Clone, PartialEq, Message)]
pub(crate) struct PartialSuccess {
    #[prost(int64, tag = "1")]
    pub(crate) rejected: i64,
    #[prost(string, tag = "2")]
    pub(crate) error_message: String,
}

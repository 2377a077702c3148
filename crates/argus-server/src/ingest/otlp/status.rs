//! The messages of the answers: `google.rpc.Status` with its details, and the export response, which is the same for
//! every signal but for the name of one member in JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use prost::Message;
use serde_json::{Value, json};

use super::Signal;
use crate::refusal::{ErrorCode, Refusal};

#[derive(Clone, PartialEq, Message)]
pub(super) struct Status {
    #[prost(int32, tag = "1")]
    code: i32,
    #[prost(string, tag = "2")]
    message: String,
    #[prost(message, repeated, tag = "3")]
    details: Vec<Any>,
}

#[derive(Clone, PartialEq, Message)]
struct Any {
    #[prost(string, tag = "1")]
    type_url: String,
    #[prost(bytes = "vec", tag = "2")]
    value: Vec<u8>,
}

#[derive(Clone, PartialEq, Message)]
struct BadRequest {
    #[prost(message, repeated, tag = "1")]
    field_violations: Vec<FieldViolation>,
}

#[derive(Clone, PartialEq, Message)]
struct FieldViolation {
    #[prost(string, tag = "1")]
    field: String,
    #[prost(string, tag = "2")]
    description: String,
}

#[derive(Clone, PartialEq, Message)]
struct RetryInfo {
    #[prost(message, optional, tag = "1")]
    retry_delay: Option<Duration>,
}

#[derive(Clone, Copy, PartialEq, Message)]
struct Duration {
    #[prost(int64, tag = "1")]
    seconds: i64,
}

const BAD_REQUEST: &str = "type.googleapis.com/google.rpc.BadRequest";
const RETRY_INFO: &str = "type.googleapis.com/google.rpc.RetryInfo";

/// A refusal as `google.rpc.Status`.
pub(super) fn status(refusal: &Refusal) -> Status {
    let mut details = Vec::new();
    if refusal.code == ErrorCode::InvalidRequest {
        let violation = FieldViolation {
            field: "body".to_owned(),
            description: refusal.detail.to_string(),
        };
        details.push(any(
            BAD_REQUEST,
            &BadRequest {
                field_violations: vec![violation],
            },
        ));
    }
    if let Some(seconds) = refusal.retry_after_s() {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        details.push(any(
            RETRY_INFO,
            &RetryInfo {
                retry_delay: Some(Duration { seconds }),
            },
        ));
    }
    Status {
        code: refusal.code.grpc_code(),
        message: refusal.detail.to_string(),
        details,
    }
}

fn any(type_url: &str, message: &impl Message) -> Any {
    Any {
        type_url: type_url.to_owned(),
        value: message.encode_to_vec(),
    }
}

/// The same in JSON.
pub(super) fn status_json(refusal: &Refusal) -> Value {
    let mut details = Vec::new();
    if refusal.code == ErrorCode::InvalidRequest {
        details.push(json!({
            "@type": BAD_REQUEST, "fieldViolations": [{"field": "body", "description": refusal.detail}],
        }));
    }
    if let Some(seconds) = refusal.retry_after_s() {
        details.push(json!({"@type": RETRY_INFO, "retryDelay": format!("{seconds}s")}));
    }
    let mut status = json!({"code": refusal.code.grpc_code(), "message": refusal.detail});
    if !details.is_empty() {
        status["details"] = Value::Array(details);
    }
    status
}

/// The same as the value of the header `grpc-status-details-bin`.
pub(super) fn status_header(refusal: &Refusal) -> String {
    STANDARD_NO_PAD.encode(status(refusal).encode_to_vec())
}

/// `ExportLogsServiceResponse` and its like.
#[derive(Clone, PartialEq, Message)]
pub(super) struct ExportResponse {
    #[prost(message, optional, tag = "1")]
    pub(super) partial_success: Option<PartialSuccess>,
}

/// `ExportLogsPartialSuccess` and its like.
#[derive(Clone, PartialEq, Message)]
pub(super) struct PartialSuccess {
    #[prost(int64, tag = "1")]
    pub(super) rejected: i64,
    #[prost(string, tag = "2")]
    pub(super) error_message: String,
}

impl ExportResponse {
    /// The same in JSON. 64-bit integers are strings there.
    pub(super) fn to_json(&self, signal: Signal) -> Value {
        let rejected = match signal {
            Signal::Logs => "rejectedLogRecords",
            Signal::Metrics => "rejectedDataPoints",
            Signal::Traces => "rejectedSpans",
        };
        match &self.partial_success {
            None => json!({}),
            Some(partial) => json!({
                "partialSuccess": {rejected: partial.rejected.to_string(), "errorMessage": partial.error_message},
            }),
        }
    }
}

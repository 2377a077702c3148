//! Requests in the client's form, made in any number. Attributes are those of the client's `api_request` event.

use serde_json::{Value, json};

/// One `api_request` event: session, prompt and request are the caller's, so that it can be found again.
#[must_use]
pub fn api_request_log(
    session: &str,
    prompt: &str,
    request: &str,
    sequence: u64,
    at_ns: u64,
) -> Value {
    let attributes = [
        ("department", json!({"stringValue": "finance"})),
        ("team.id", json!({"stringValue": "platform"})),
        (
            "user.id",
            json!({"stringValue": "e84c1de6b4589c65221bfbc3adc6242ef7ed9452fcab21b2b9026dab065eede8"}),
        ),
        ("session.id", json!({"stringValue": session})),
        ("terminal.type", json!({"stringValue": "non-interactive"})),
        ("event.name", json!({"stringValue": "api_request"})),
        ("event.sequence", json!({"intValue": sequence})),
        ("prompt.id", json!({"stringValue": prompt})),
        ("model", json!({"stringValue": "claude-opus-5-5"})),
        ("input_tokens", json!({"intValue": 120})),
        ("output_tokens", json!({"intValue": 77})),
        ("cache_read_tokens", json!({"intValue": 1000})),
        ("cache_creation_tokens", json!({"intValue": 20})),
        ("cost_usd", json!({"doubleValue": 0.001})),
        ("cost_usd_micros", json!({"intValue": 1000})),
        ("duration_ms", json!({"intValue": 126})),
        ("ttft_ms", json!({"intValue": 44})),
        ("speed", json!({"stringValue": "normal"})),
        ("effort", json!({"stringValue": "medium"})),
        ("anthropic.provider", json!({"stringValue": "firstParty"})),
        ("request_id", json!({"stringValue": request})),
        ("query_source", json!({"stringValue": "sdk"})),
    ];
    let attributes: Vec<Value> = attributes
        .into_iter()
        .map(|(key, value)| json!({"key": key, "value": value}))
        .collect();
    json!({
        "timeUnixNano": at_ns.to_string(),
        "observedTimeUnixNano": at_ns.to_string(),
        "body": {"stringValue": "claude_code.api_request"},
        "attributes": attributes,
    })
}

/// A request to `/v1/logs` with these records, as JSON.
#[must_use]
pub fn logs_request(records: &[Value]) -> Vec<u8> {
    json!({"resourceLogs": [{
        "resource": {"attributes": [{"key": "service.name", "value": {"stringValue": "claude-code"}}, {"key": "service.version", "value": {"stringValue": "2.1.330"}}]},
        "scopeLogs": [{
            "scope": {"name": "com.anthropic.claude_code.events", "version": "2.1.330"},
            "logRecords": records,
        }],
    }]})
    .to_string()
    .into_bytes()
}

//! Single forms of JSON values, and what they become.

use argus_server::ingest::otlp::{DecodeError, Encoding, Reason, Signal, decode};
use argus_session::Source;
use serde_json::{Value, json};

fn log(record: &Value) -> Result<Value, Reason> {
    let body = json!({"resourceLogs": [{"scopeLogs": [{"logRecords": [record]}]}]});
    one(Signal::Logs, &body)
}

fn one(signal: Signal, body: &Value) -> Result<Value, Reason> {
    let decoded = decode(signal, Encoding::Json, body.to_string().as_bytes()).unwrap();
    assert_eq!(decoded.items.len() + decoded.rejected.len(), 1);
    match decoded.rejected.first() {
        Some(rejected) => Err(rejected.reason),
        None => Ok(decoded.items[0].body.clone()),
    }
}

fn attribute(value: &Value) -> Result<Value, Reason> {
    log(&json!({"attributes": [{"key": "a", "value": value}]}))
        .map(|body| body["log"]["attributes"]["a"].clone())
}

#[test]
fn attribute_values_have_one_form_each() {
    for (written, expected) in [
        (json!({"stringValue": "x"}), json!("x")),
        (json!({"stringValue": ""}), json!("")),
        (json!({"boolValue": false}), json!(false)),
        (json!({"intValue": 5}), json!(5)),
        (json!({"intValue": "-9223372036854775808"}), json!(i64::MIN)),
        (json!({"intValue": 5.0}), json!(5)),
        (json!({"doubleValue": 5}), json!(5.0)),
        (json!({"doubleValue": "0.5"}), json!(0.5)),
        (json!({"doubleValue": "NaN"}), json!({"double": "NaN"})),
        (
            json!({"doubleValue": "-Infinity"}),
            json!({"double": "-Infinity"}),
        ),
        (json!({"arrayValue": {}}), json!([])),
        (json!({"arrayValue": {"values": null}}), json!([])),
        (
            json!({"arrayValue": {"values": [{"intValue": "1"}, {}, null]}}),
            json!([1, null, null]),
        ),
        (
            json!({"kvlistValue": {"values": [{"key": "k", "value": {"intValue": 1}}]}}),
            json!({"kvlist": {"k": 1}}),
        ),
        (json!({"kvlistValue": {}}), json!({"kvlist": {}})),
        (json!({"bytesValue": "-_8"}), json!({"bytes": "+/8="})),
        (json!({"bytesValue": "+/8="}), json!({"bytes": "+/8="})),
        (json!({"stringValue": null}), json!(null)),
        (json!({"laterValue": 1}), json!(null)),
        (json!({}), json!(null)),
        (json!(null), json!(null)),
    ] {
        assert_eq!(attribute(&written), Ok(expected), "{written}");
    }
}

#[test]
fn a_value_of_the_wrong_type_costs_its_item_only() {
    for (written, member) in [
        (json!({"stringValue": 1}), "stringValue"),
        (json!({"intValue": "x"}), "intValue"),
        (json!({"intValue": 1.5}), "intValue"),
        (json!({"intValue": u64::MAX}), "intValue"),
        (json!({"boolValue": "true"}), "boolValue"),
        (json!({"doubleValue": []}), "doubleValue"),
        (json!({"arrayValue": []}), "arrayValue"),
        (json!({"arrayValue": {"values": {}}}), "values"),
        (json!({"kvlistValue": 1}), "kvlistValue"),
        (json!({"bytesValue": "%"}), "bytesValue"),
        (json!("x"), "value"),
    ] {
        assert_eq!(attribute(&written), Err(Reason::Type(member)), "{written}");
    }
    for (record, reason) in [
        (json!({"timeUnixNano": -1}), Reason::Type("timeUnixNano")),
        (json!({"timeUnixNano": {}}), Reason::Type("timeUnixNano")),
        (
            json!({"severityNumber": "SEVERITY_NUMBER_INFO"}),
            Reason::Type("severityNumber"),
        ),
        (json!({"traceId": "xyz"}), Reason::Hex("traceId")),
        (json!({"attributes": {}}), Reason::Type("attributes")),
        (json!({"attributes": [5]}), Reason::Type("attributes")),
        (json!({"attributes": [{"key": 5}]}), Reason::Type("key")),
        (json!(null), Reason::NotAnObject),
        (json!(7), Reason::NotAnObject),
        (json!([]), Reason::NotAnObject),
    ] {
        assert_eq!(log(&record), Err(reason), "{record}");
    }
}

#[test]
fn defaults_are_left_out_and_null_is_a_default() {
    let record = json!({
        "timeUnixNano": "0", "severityNumber": 0, "severityText": "", "body": null, "attributes": [], "flags": 0,
        "traceId": "", "spanId": "0000000000000000", "droppedAttributesCount": null, "eventName": "e",
    });
    assert_eq!(log(&record), Ok(json!({"log": {"event_name": "e"}})));
    let body = json!({"resourceLogs": [{"resource": {"attributes": []}, "schemaUrl": "", "scopeLogs": [
        {"scope": {"name": ""}, "logRecords": [{"body": {"stringValue": ""}}]}]}]});
    assert_eq!(one(Signal::Logs, &body), Ok(json!({"log": {"body": ""}})));
}

#[test]
fn the_order_of_members_does_not_matter() {
    let late = r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"attributes":[{"value":{"intValue":1},"key":"a"}],
        "timeUnixNano":5}],"schemaUrl":"s","scope":{"version":"1","name":"n"}}],"schemaUrl":"r",
        "resource":{"attributes":[{"key":"service.name","value":{"stringValue":"x"}}]}}]}"#;
    let decoded = decode(Signal::Logs, Encoding::Json, late.as_bytes()).unwrap();
    assert_eq!(
        decoded.items[0].body.to_string(),
        r#"{"resource":{"attributes":{"service.name":"x"},"schema_url":"r"},"scope":{"name":"n","version":"1","schema_url":"s"},"log":{"time_unix_nano":5,"attributes":{"a":1}}}"#
    );
}

#[test]
fn a_bad_resource_scope_or_metric_costs_what_is_below_it_and_is_counted() {
    let logs = json!({"resourceLogs": [
        {"resource": {"attributes": 5}, "scopeLogs": [{"logRecords": [{}, {}]}, {"logRecords": [{}]}]},
        {"scopeLogs": [{"scope": {"name": 5}, "logRecords": [{}]}, {"logRecords": [{}]}]},
        {"resource": 5, "scopeLogs": [{"logRecords": [{}]}]},
    ]});
    let decoded = decode(Signal::Logs, Encoding::Json, logs.to_string().as_bytes()).unwrap();
    assert_eq!(decoded.items.len(), 1);
    assert_eq!(
        decoded
            .rejected
            .iter()
            .map(|rejected| rejected.index)
            .collect::<Vec<_>>(),
        [0, 1, 2, 3, 5]
    );
    let metrics = json!({"resourceMetrics": [{"scopeMetrics": [{"metrics": [
        {"name": 5, "sum": {"dataPoints": [{"asInt": 1}, {"asInt": 2}]}},
        {"name": "a", "sum": {"aggregationTemporality": "x", "dataPoints": [{"asInt": 1}]}},
        {"name": "b", "gauge": {"dataPoints": [{"asInt": "x"}, {"asInt": 3}]}},
    ]}]}]});
    let decoded = decode(
        Signal::Metrics,
        Encoding::Json,
        metrics.to_string().as_bytes(),
    )
    .unwrap();
    assert_eq!((decoded.items.len(), decoded.rejected.len()), (1, 4));
    assert_eq!(
        decoded.items[0].body,
        json!({"metric": {"name": "b", "type": "gauge"}, "point": {"value": 3}})
    );
}

#[test]
fn data_points_say_what_they_are_points_of() {
    let body = json!({"resourceMetrics": [{"scopeMetrics": [{"metrics": [{
        "name": "claude_code.cost.usage", "unit": "USD",
        "sum": {"aggregationTemporality": 1, "isMonotonic": true, "dataPoints": [
            {"asDouble": 0, "timeUnixNano": "7", "attributes": [{"key": "session.id", "value": {"stringValue": "s"}}]}]},
    }]}]}]});
    let decoded = decode(Signal::Metrics, Encoding::Json, body.to_string().as_bytes()).unwrap();
    let item = &decoded.items[0];
    assert_eq!(
        (item.source, item.session_id.as_deref()),
        (Source::OtelMetric, Some("s"))
    );
    assert_eq!(
        item.body,
        json!({
            "metric": {"name": "claude_code.cost.usage", "unit": "USD", "type": "sum", "temporality": 1, "monotonic": true},
            "point": {"attributes": {"session.id": "s"}, "time_unix_nano": 7, "value": 0.0},
        })
    );
}

#[test]
fn a_span_without_its_ids_is_refused_and_a_log_record_keeps_none() {
    let span = |trace: &str, span: &str| {
        one(
            Signal::Traces,
            &json!({"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": trace, "spanId": span}]}]}]}),
        )
    };
    let (trace_id, span_id) = ("AB".repeat(16), "cd".repeat(8));
    assert_eq!(
        span(&trace_id, &span_id),
        Ok(json!({"span": {"trace_id": "ab".repeat(16), "span_id": span_id}}))
    );
    assert_eq!(span("", &span_id), Err(Reason::NoTraceId));
    assert_eq!(span(&trace_id, &"00".repeat(8)), Err(Reason::NoSpanId));
    assert_eq!(
        log(&json!({"traceId": "abcd", "flags": 1})),
        Ok(json!({"log": {"flags": 1}}))
    );
}

#[test]
fn half_a_character_is_replaced_as_protobuf_clients_do() {
    let body = r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":"cut \ud83d"}}]}]}]}"#;
    let decoded = decode(Signal::Logs, Encoding::Json, body.as_bytes()).unwrap();
    assert_eq!(
        decoded.items[0].body,
        json!({"log": {"body": "cut \u{fffd}"}})
    );
}

#[test]
fn what_cannot_be_counted_ends_the_request() {
    let shape =
        |body: &Value| match decode(Signal::Logs, Encoding::Json, body.to_string().as_bytes()) {
            Err(DecodeError::Shape { member, .. }) => member,
            other => panic!("{body}: {other:?}"),
        };
    for body in [json!(null), json!([]), json!("x"), json!(5)] {
        assert_eq!(shape(&body), "body");
    }
    assert_eq!(shape(&json!({"resourceLogs": {}})), "resourceLogs");
    assert_eq!(shape(&json!({"resourceLogs": [5]})), "resourceLogs");
    assert_eq!(
        shape(&json!({"resourceLogs": [{"scopeLogs": "x"}]})),
        "scopeLogs"
    );
    assert_eq!(
        shape(&json!({"resourceLogs": [{"scopeLogs": [{"logRecords": {}}]}]})),
        "logRecords"
    );
    for broken in [
        "",
        "{",
        "{\"a\":1}x",
        "nonsense",
        "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"flags\":1e999}]}]}]}",
    ] {
        let error = decode(Signal::Logs, Encoding::Json, broken.as_bytes()).unwrap_err();
        assert!(
            matches!(error, DecodeError::Json { .. }),
            "{broken}: {error}"
        );
    }
    assert_eq!(
        decode(Signal::Logs, Encoding::Json, b"{\"a\":\"\xff\"}").unwrap_err(),
        DecodeError::Utf8 { at: 6 }
    );
}

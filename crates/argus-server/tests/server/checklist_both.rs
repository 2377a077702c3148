//! Lines C: what holds on every transport.

use argus_server::ingest::otlp::Signal;
use serde_json::{Value, json};

use crate::support::Server;
use crate::support::http::{call, frame, post};
use crate::support::payload::{JSON, PROTOBUF, Payload, coded, method, padded, path, payload};

/// Delivers a payload by all three ways.
async fn deliver_all(server: &Server, signal: Signal, payload: &Payload, coding: &str) {
    for media_type in [JSON, PROTOBUF] {
        let headers = [("content-type", media_type), ("content-encoding", coding)];
        let headers = if coding == "identity" {
            &headers[..1]
        } else {
            &headers
        };
        let body = coded(coding, &payload.of(media_type));
        let reply = post(server.address, &server.key, &path(signal), headers, body).await;
        assert_eq!(
            reply.status, 200,
            "{signal:?} {media_type} {coding}: {reply:?}"
        );
    }
    let body = frame(coding != "identity", &coded(coding, &payload.protobuf));
    let headers = [("grpc-encoding", coding)];
    let reply = call(server.address, &server.key, method(signal), &headers, body).await;
    assert_eq!(
        reply.grpc_status(),
        0,
        "{signal:?} gRPC {coding}: {reply:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn c1_uncompressed_requests_are_accepted_and_every_encoding_stores_the_same() {
    let server = Server::start().await;
    for (n, signal) in Signal::ALL.into_iter().enumerate() {
        deliver_all(&server, signal, &payload(signal, "s", 2, 0), "identity").await;
        assert_eq!(
            server.stored(),
            (n as u64 + 1) * 2,
            "three encodings of {signal:?} are the same items"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c2_gzip_and_zstd_are_accepted_on_every_transport() {
    let server = Server::start().await;
    for (n, signal) in Signal::ALL.into_iter().enumerate() {
        for coding in ["gzip", "zstd"] {
            deliver_all(&server, signal, &payload(signal, "s", 2, 0), coding).await;
        }
        assert_eq!(server.stored(), (n as u64 + 1) * 2);
    }
}

/// Puts a member that nobody knows into every object.
fn with_unknown(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.values_mut().for_each(with_unknown);
            map.insert("laterScalar".to_owned(), json!(1));
            map.insert("laterList".to_owned(), json!([{"a": [1]}, null]));
            map.insert("laterObject".to_owned(), json!({"deep": {"er": "x"}}));
        }
        Value::Array(list) => list.iter_mut().for_each(with_unknown),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c3_unknown_fields_are_ignored_at_each_level_and_missing_ones_take_defaults() {
    let server = Server::start().await;
    for (n, signal) in Signal::ALL.into_iter().enumerate() {
        let plain = payload(signal, "s", 1, 0);
        let mut json: Value = serde_json::from_slice(&plain.json).unwrap();
        with_unknown(&mut json);
        let later = Payload {
            json: json.to_string().into_bytes(),
            protobuf: padded(&plain.protobuf, 5_000),
        };
        deliver_all(&server, signal, &later, "identity").await;
        deliver_all(&server, signal, &plain, "identity").await;
        assert_eq!(
            server.stored(),
            n as u64 + 1,
            "{signal:?}: what is unknown is no part of the item"
        );
    }
    let missing = br#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{}]}]}]}"#;
    let reply = post(
        server.address,
        &server.key,
        "/v1/logs",
        &[("content-type", JSON)],
        missing.to_vec(),
    )
    .await;
    assert_eq!(reply.status, 200);
    assert_eq!(server.stored(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn c4_the_same_request_twice_succeeds_twice_and_is_stored_once() {
    let server = Server::start().await;
    for signal in Signal::ALL {
        let before = server.stored();
        for _ in 0..2 {
            deliver_all(&server, signal, &payload(signal, "s", 3, 0), "identity").await;
        }
        assert_eq!(server.stored(), before + 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn c5_envelopes_without_items_are_no_error() {
    let server = Server::start().await;
    // A resource without scopes; a scope without items: field 1 {}, field 1 { field 2 {} }.
    let empty = |json: &str| Payload {
        json: json.as_bytes().to_vec(),
        protobuf: vec![0x0a, 0, 0x0a, 2, 0x12, 0],
    };
    for (signal, json) in [
        (
            Signal::Logs,
            r#"{"resourceLogs":[{},{"scopeLogs":[{}]},{"scopeLogs":[{"logRecords":[]}]}]}"#,
        ),
        (
            Signal::Metrics,
            r#"{"resourceMetrics":[{},{"scopeMetrics":[{}]},{"scopeMetrics":[{"metrics":[{}]}]}]}"#,
        ),
        (
            Signal::Traces,
            r#"{"resourceSpans":[{},{"scopeSpans":[{}]},{"scopeSpans":null}]}"#,
        ),
    ] {
        deliver_all(&server, signal, &empty(json), "identity").await;
    }
    assert_eq!(server.stored(), 0);
}

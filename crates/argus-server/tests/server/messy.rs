//! Bad input: a clear answer, the rest is kept, the server goes on.

use argus_server::ingest::otlp::Signal;
use serde_json::{Value, json};

use crate::support::Server;
use crate::support::http::{begin, post};
use crate::support::payload::{JSON, payload};

async fn logs(server: &Server, records: Vec<Value>) -> Value {
    let body = json!({"resourceLogs": [{"scopeLogs": [{"logRecords": records}]}]});
    let reply = post(
        server.address,
        &server.key,
        "/v1/logs",
        &[("content-type", JSON)],
        body.to_string(),
    )
    .await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

fn with_session(mut record: Value) -> Value {
    record["attributes"] = json!([{"key": "session.id", "value": {"stringValue": "s"}}]);
    record
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_without_a_session_is_kept_and_said() {
    let server = Server::start().await;
    let reply = logs(
        &server,
        vec![
            json!({"timeUnixNano": "1"}),
            with_session(json!({"timeUnixNano": "2"})),
        ],
    )
    .await;
    assert_eq!(reply["partialSuccess"]["rejectedLogRecords"], "0");
    assert!(
        reply["partialSuccess"]["errorMessage"]
            .as_str()
            .unwrap()
            .starts_with("log records: 1 kept")
    );
    assert_eq!(server.stored(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn clocks_that_are_off_are_kept_as_they_are() {
    let server = Server::start().await;
    let day_ns = 86_400_000_000_000_u64;
    let times = [
        1_795_000_000_000_000_000 - day_ns,
        1_795_000_000_000_000_000 + day_ns,
        1,
        u64::MAX,
    ];
    let records = times.map(|time| with_session(json!({"timeUnixNano": time.to_string()})));
    assert_eq!(logs(&server, records.to_vec()).await, json!({}));
    assert_eq!(server.stored(), 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_each_fault_leaves_the_rest() {
    let server = Server::start().await;
    let good = |n: u32| {
        with_session(
            json!({"timeUnixNano": n.to_string(), "body": {"stringValue": "binary \u{0}\u{1b}[2J"}}),
        )
    };
    let mut deep = json!({"stringValue": "x"});
    for _ in 0..25 {
        deep = json!({"arrayValue": {"values": [deep]}});
    }
    let records = vec![
        good(1),
        json!(null),
        good(2),
        json!({"timeUnixNano": []}),
        good(3),
        json!({"traceId": "zz"}),
        good(4),
        json!({"body": deep}),
        good(5),
    ];
    let reply = logs(&server, records).await;
    assert_eq!(reply["partialSuccess"]["rejectedLogRecords"], "4");
    assert_eq!(server.stored(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_natural_key_with_two_contents_keeps_both() {
    let server = Server::start().await;
    for name in ["a", "b", "a"] {
        let span = json!({"traceId": "ab".repeat(16), "spanId": "cd".repeat(8), "name": name});
        let body = json!({"resourceSpans": [{"scopeSpans": [{"spans": [span]}]}]});
        let reply = post(
            server.address,
            &server.key,
            "/v1/traces",
            &[("content-type", JSON)],
            body.to_string(),
        )
        .await;
        assert_eq!(reply.status, 200);
    }
    assert_eq!(server.stored(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_sessions_stay_erased_and_are_counted_as_not_kept() {
    let server = Server::start().await;
    let headers = [("content-type", JSON)];
    post(
        server.address,
        &server.key,
        "/v1/logs",
        &headers,
        payload(Signal::Logs, "gone", 2, 0).json,
    )
    .await;
    server
        .workspace()
        .erase_session("gone", &argus_store::Actor::system())
        .unwrap();
    let reply = post(
        server.address,
        &server.key,
        "/v1/logs",
        &headers,
        payload(Signal::Logs, "gone", 3, 0).json,
    )
    .await;
    assert_eq!(reply.json()["partialSuccess"]["rejectedLogRecords"], "3");
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_break_off_leave_nothing_behind() {
    let server = Server::start().await;
    for sent in [&b""[..], b"{\"resourceLogs\":["] {
        drop(begin(server.address, &server.key, 500, sent).await);
    }
    server
        .wait_for_metric("argus_connections", |connections| connections == 1)
        .await;
    server
        .wait_for_metric("argus_in_flight_bytes", |bytes| bytes == 0)
        .await;
    assert_eq!(server.stored(), 0);
    assert_eq!(
        logs(&server, vec![with_session(json!({}))]).await,
        json!({})
    );
}

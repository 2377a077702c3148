//! Lines H1 to H13: requests of OTLP over HTTP.

use argus_server::ingest::otlp::Signal;
use axum::body::Body;
use bytes::Bytes;
use hyper::{Method, Version};
use serde_json::{Value, json};

use crate::support::Server;
use crate::support::http::{begin, head_of, post, request, send};
use crate::support::otlp::{KIB, export, small};
use crate::support::payload::{JSON, PROTOBUF, coded, gzip, path, payload};

async fn stored_after(server: &Server, body: Value) -> u64 {
    let reply = export(server, JSON, body.to_string()).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    server.stored()
}

fn log(record: &Value) -> Value {
    json!({"resourceLogs": [{"scopeLogs": [{"logRecords": [record]}]}]})
}

#[tokio::test(flavor = "multi_thread")]
async fn h1_requests_are_post_over_both_versions_of_http() {
    let server = Server::start().await;
    let authorization = format!("Bearer {}", server.key);
    let headers = [("content-type", JSON), ("authorization", &authorization)];
    for version in [Version::HTTP_11, Version::HTTP_2] {
        let reply = send(
            server.address,
            version,
            request(Method::POST, "/v1/logs", &headers, "{}"),
        )
        .await;
        assert_eq!(reply.status, 200, "{version:?}");
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::OPTIONS] {
            let reply = send(
                server.address,
                version,
                request(method.clone(), "/v1/logs", &headers, "{}"),
            )
            .await;
            assert_eq!(
                (reply.status.as_u16(), reply.header("allow")),
                (405, "POST"),
                "{version:?} {method}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h2_the_default_paths_are_there_and_no_others() {
    let server = Server::start().await;
    for signal in Signal::ALL {
        let reply = post(
            server.address,
            &server.key,
            &path(signal),
            &[("content-type", JSON)],
            "{}",
        )
        .await;
        assert_eq!(reply.status, 200);
    }
    for unknown in ["/v1/profiles", "/v1/logs/", "/v2/logs"] {
        let reply = post(
            server.address,
            &server.key,
            unknown,
            &[("content-type", JSON)],
            "{}",
        )
        .await;
        assert_eq!(reply.status, 404, "{unknown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_protobuf_is_accepted_and_answered() {
    let server = Server::start().await;
    let reply = export(&server, PROTOBUF, payload(Signal::Logs, "s", 1, 0).protobuf).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("content-type")),
        (200, PROTOBUF)
    );
    assert_eq!(server.stored(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn h4_json_is_accepted_and_answered_with_parameters_and_in_any_case() {
    let server = Server::start().await;
    for media_type in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;x=y",
    ] {
        let reply = export(&server, media_type, payload(Signal::Logs, "s", 1, 0).json).await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("content-type")),
            (200, JSON),
            "{media_type}"
        );
    }
    let reply = export(
        &server,
        "APPLICATION/X-PROTOBUF; a=b",
        payload(Signal::Logs, "s", 1, 0).protobuf,
    )
    .await;
    assert_eq!(reply.status, 200);
    assert_eq!(server.stored(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn h5_ids_are_hex_in_either_case() {
    let server = Server::start().await;
    for (n, (trace_id, span_id)) in [("ab", "cd"), ("AB", "CD"), ("aB", "Cd")]
        .into_iter()
        .enumerate()
    {
        let span =
            json!({"traceId": trace_id.repeat(16), "spanId": span_id.repeat(8), "name": "n"});
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
        assert_eq!(server.stored(), 1, "spelling {n} is the same span");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h6_enums_are_integers_in_and_out() {
    let server = Server::start().await;
    assert_eq!(
        stored_after(&server, log(&json!({"severityNumber": 9}))).await,
        1
    );
    let reply = export(
        &server,
        JSON,
        log(&json!({"severityNumber": "SEVERITY_NUMBER_INFO"})).to_string(),
    )
    .await;
    assert_eq!(
        reply.json()["partialSuccess"]["rejectedLogRecords"],
        "1",
        "names are no part of the encoding"
    );
    let reply = export(&server, JSON, "nonsense").await;
    assert!(reply.json()["code"].is_i64(), "{reply:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn h7_unknown_names_are_ignored() {
    let server = Server::start().await;
    let plain = json!({"timeUnixNano": "5", "body": {"stringValue": "x"}});
    assert_eq!(stored_after(&server, log(&plain)).await, 1);
    for unknown in [
        json!(1),
        json!({"a": {"b": []}}),
        json!([1, [2], {}]),
        json!("x"),
        Value::Null,
    ] {
        let mut body = log(&plain);
        body["later"] = unknown.clone();
        body["resourceLogs"][0]["later"] = unknown.clone();
        body["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0]["later"] = unknown;
        assert_eq!(stored_after(&server, body).await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h8_snake_case_names_are_unknown() {
    let server = Server::start().await;
    let snake =
        json!({"resource_logs": [{"scope_logs": [{"log_records": [{"time_unix_nano": "5"}]}]}]});
    assert_eq!(stored_after(&server, snake).await, 0);
    assert_eq!(
        stored_after(
            &server,
            json!({"resourceLogs": [{"scope_logs": [{"logRecords": [{}]}]}]})
        )
        .await,
        0
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn h9_64_bit_integers_are_strings_or_numbers() {
    let server = Server::start().await;
    for (time, int) in [
        (json!("1795000000000000000"), json!("7")),
        (json!(1_795_000_000_000_000_000_u64), json!(7)),
    ] {
        let record =
            json!({"timeUnixNano": time, "attributes": [{"key": "a", "value": {"intValue": int}}]});
        assert_eq!(
            stored_after(&server, log(&record)).await,
            1,
            "both spellings are one record"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h10_content_encoding_is_obeyed() {
    let server = Server::start().await;
    let plain = payload(Signal::Logs, "s", 1, 0).json;
    for coding in ["gzip", "GZIP", "zstd", "identity"] {
        let headers = [("content-type", JSON), ("content-encoding", coding)];
        let body = coded(&coding.to_lowercase(), &plain);
        let reply = post(server.address, &server.key, "/v1/logs", &headers, body).await;
        assert_eq!(reply.status, 200, "{coding}");
    }
    assert_eq!(server.stored(), 1);
    let headers = [("content-type", JSON), ("content-encoding", "gzip")];
    let reply = post(server.address, &server.key, "/v1/logs", &headers, plain).await;
    assert_eq!(reply.status, 400, "said to be gzip, and is not");
}

#[tokio::test(flavor = "multi_thread")]
async fn h11_the_body_is_bounded_while_it_is_read_and_inflated() {
    let server = Server::start().await;
    // 300 MB from some hundred KB, to a server whose whole budget is less.
    let bomb = gzip(&vec![b' '; 300_000_000]);
    assert!(bomb.len() < 2_000_000);
    let headers = [("content-type", JSON), ("content-encoding", "gzip")];
    let reply = post(server.address, &server.key, "/v1/logs", &headers, bomb).await;
    assert_eq!(reply.status, 413);
    let headers = [("content-type", JSON), ("content-encoding", "zstd")];
    let bomb = zstd::encode_all(&*vec![b' '; 300_000_000], 1).unwrap();
    let reply = post(server.address, &server.key, "/v1/logs", &headers, bomb).await;
    assert_eq!(reply.status, 413);
    server
        .wait_for_metric("argus_in_flight_bytes", |bytes| bytes == 0)
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn h12_the_default_limit_is_64_mib() {
    let server = Server::start().await;
    let mut body = payload(Signal::Logs, "s", 1, 0).json;
    body.resize(63 * KIB * KIB, b' ');
    assert_eq!(export(&server, JSON, body).await.status, 200);
    let mut stream = begin(server.address, &server.key, 64 * KIB * KIB + 1, b"").await;
    assert!(head_of(&mut stream).await.starts_with("HTTP/1.1 413"));
}

/// A body whose length is not announced.
fn chunked(bytes: &[u8]) -> Body {
    struct Chunks(std::vec::IntoIter<Bytes>);
    impl http_body::Body for Chunks {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
            std::task::Poll::Ready(self.0.next().map(|chunk| Ok(http_body::Frame::data(chunk))))
        }
    }
    let chunks: Vec<Bytes> = bytes.chunks(1_000).map(Bytes::copy_from_slice).collect();
    Body::new(Chunks(chunks.into_iter()))
}

#[tokio::test(flavor = "multi_thread")]
async fn h13_above_the_limit_is_413_in_every_form() {
    let server = Server::with(small()).await;
    for (length, expected) in [(64 * KIB, 200), (64 * KIB + 1, 413)] {
        let mut body = payload(Signal::Logs, "s", 1, 0).json;
        body.resize(length, b' ');
        assert_eq!(
            export(&server, JSON, body.clone()).await.status,
            expected,
            "announced"
        );
        assert_eq!(
            export(&server, JSON, chunked(&body)).await.status,
            expected,
            "chunked"
        );
        let headers = [("content-type", JSON), ("content-encoding", "gzip")];
        let reply = post(
            server.address,
            &server.key,
            "/v1/logs",
            &headers,
            gzip(&body),
        )
        .await;
        assert_eq!(reply.status, expected, "gzipped");
    }
    assert_eq!(server.stored(), 1);
}

//! Lines H14 to H32: answers of OTLP over HTTP.

use argus_server::ingest::otlp::Signal;
use argus_server::{DEFAULT_LISTEN, Limits};
use axum::body::Body;
use hyper::{Method, StatusCode, Version};
use hyper_util::rt::TokioIo;
use prost::Message as _;
use serde_json::Value;
use tokio::net::TcpStream;

use crate::support::Server;
use crate::support::http::{Reply, begin, get, head_of, post, read, request, send};
use crate::support::otlp::{KIB, export, small};
use crate::support::payload::{
    BadRequest, ExportResponse, JSON, PROTOBUF, Status, coded, gunzip, gzip, of_attributes, path,
    payload,
};

/// The `google.rpc.Status` in an answer, in the encoding that it says.
fn status(reply: &Reply, media_type: &str) -> (i32, String) {
    assert_eq!(reply.header("content-type"), media_type);
    if media_type == PROTOBUF {
        let status = Status::decode(reply.body.clone()).unwrap();
        return (status.code, status.message);
    }
    let status = reply.json();
    (
        status["code"].as_i64().unwrap().try_into().unwrap(),
        status["message"].as_str().unwrap().to_owned(),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn h14_the_own_response_is_bounded() {
    let server = Server::with(Limits {
        response_bytes_max: 120,
        ..Limits::default()
    })
    .await;
    let reply = export(&server, JSON, payload(Signal::Logs, "s", 1, 3).json).await;
    assert!(reply.status == 200 && reply.body.len() <= 120, "{reply:?}");
    assert_eq!(Limits::default().response_bytes_max, 4 * KIB * KIB);
}

#[tokio::test(flavor = "multi_thread")]
async fn h15_a_partial_success_that_is_too_long_is_shortened_or_500() {
    let server = Server::with(Limits {
        response_bytes_max: 100,
        ..Limits::default()
    })
    .await;
    let reply = export(&server, JSON, payload(Signal::Logs, "s", 1, 300).json).await;
    let partial = &reply.json()["partialSuccess"];
    assert_eq!(partial["rejectedLogRecords"], "300");
    assert!(!partial["errorMessage"].as_str().unwrap().is_empty());
    let server = Server::with(Limits {
        response_bytes_max: 3,
        ..Limits::default()
    })
    .await;
    let reply = export(&server, PROTOBUF, payload(Signal::Logs, "s", 1, 1).protobuf).await;
    assert_eq!(reply.status, 500);
}

#[tokio::test(flavor = "multi_thread")]
async fn h16_the_answer_is_in_the_encoding_of_the_request() {
    let server = Server::start().await;
    for media_type in [JSON, PROTOBUF] {
        let good = export(
            &server,
            media_type,
            payload(Signal::Logs, "s", 1, 0).of(media_type),
        )
        .await;
        assert_eq!(good.header("content-type"), media_type);
        let bad = export(&server, media_type, &b"\xff\xff"[..]).await;
        assert_eq!((bad.status.as_u16(), status(&bad, media_type).0), (400, 3));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h17_the_answer_is_compressed_only_when_asked_for() {
    let server = Server::start().await;
    for (accept, is_gzip) in [
        ("", false),
        ("gzip", true),
        ("br, GZIP;q=0.5", true),
        ("gzip;q=0", false),
        ("br, deflate", false),
    ] {
        let headers = [("content-type", JSON), ("accept-encoding", accept)];
        let headers = if accept.is_empty() {
            &headers[..1]
        } else {
            &headers
        };
        let body = payload(Signal::Logs, "s", 0, 1).json;
        let reply = post(server.address, &server.key, "/v1/logs", headers, body).await;
        assert_eq!(
            reply.header("content-encoding"),
            if is_gzip { "gzip" } else { "" },
            "{accept}"
        );
        let body = if is_gzip {
            gunzip(&reply.body)
        } else {
            reply.body.to_vec()
        };
        assert_eq!(
            serde_json::from_slice::<Value>(&body).unwrap()["partialSuccess"]["rejectedLogRecords"],
            "1"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h18_an_empty_request_succeeds() {
    let server = Server::start().await;
    assert_eq!(export(&server, JSON, "{}").await.text(), "{}");
    let reply = export(&server, PROTOBUF, Body::empty()).await;
    assert_eq!((reply.status, reply.body.len()), (StatusCode::OK, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn h19_success_is_200_with_the_response_of_the_signal() {
    let server = Server::start().await;
    for signal in Signal::ALL {
        let body = payload(signal, "s", 1, 0).protobuf;
        let reply = post(
            server.address,
            &server.key,
            &path(signal),
            &[("content-type", PROTOBUF)],
            body,
        )
        .await;
        assert_eq!(reply.status, 200);
        assert_eq!(
            ExportResponse::decode(reply.body).unwrap(),
            ExportResponse::default()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h20_partial_success_is_unset_on_full_success() {
    let server = Server::start().await;
    assert_eq!(
        export(&server, JSON, payload(Signal::Logs, "s", 5, 0).json)
            .await
            .text(),
        "{}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn h21_partly_accepted_is_200() {
    let server = Server::start().await;
    for media_type in [JSON, PROTOBUF] {
        let reply = export(
            &server,
            media_type,
            payload(Signal::Logs, "s", 1, 1).of(media_type),
        )
        .await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("content-type")),
            (200, media_type)
        );
    }
    assert_eq!(server.stored(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn h22_the_rejected_count_is_exact_and_explained() {
    let server = Server::start().await;
    for (signal, member) in [
        (Signal::Logs, "rejectedLogRecords"),
        (Signal::Metrics, "rejectedDataPoints"),
        (Signal::Traces, "rejectedSpans"),
    ] {
        let before = server.stored();
        let body = payload(signal, "s", 4, 3).json;
        let reply = post(
            server.address,
            &server.key,
            &path(signal),
            &[("content-type", JSON)],
            body,
        )
        .await;
        let partial = &reply.json()["partialSuccess"];
        assert_eq!(partial[member], "3");
        assert!(
            partial["errorMessage"]
                .as_str()
                .unwrap()
                .contains("attributes"),
            "{partial}"
        );
        assert_eq!(server.stored(), before + 4);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h23_a_warning_on_full_acceptance_has_a_count_of_zero() {
    let server = Server::start().await;
    let body = of_attributes(Signal::Metrics, vec![Vec::new()]).json;
    let reply = post(
        server.address,
        &server.key,
        "/v1/metrics",
        &[("content-type", JSON)],
        body,
    )
    .await;
    let partial = &reply.json()["partialSuccess"];
    assert_eq!(partial["rejectedDataPoints"], "0");
    assert!(
        partial["errorMessage"]
            .as_str()
            .unwrap()
            .contains("session.id")
    );
    assert_eq!(server.stored(), 1);
}

/// A request that fails, by its status: what it sends, and the code in its answer.
async fn failures(server: &Server, media_type: &str) -> Vec<(u16, i32, Reply)> {
    let mut out = Vec::new();
    let reading = server.reading_key();
    let coding = [("content-type", media_type), ("content-encoding", "br")];
    let plain = &coding[..1];
    for (expected, code, key, path, headers, body) in [
        (
            400,
            3,
            server.key.as_str(),
            "/v1/logs",
            plain,
            vec![0xff; 9],
        ),
        (401, 16, "", "/v1/logs", plain, vec![]),
        (401, 16, "argus_ik_x", "/v1/logs", plain, vec![]),
        (403, 7, &reading, "/v1/logs", plain, vec![]),
        (404, 5, &server.key, "/v1/nothing", plain, vec![]),
        (413, 8, &server.key, "/v1/logs", plain, vec![b' '; 70_000]),
        (415, 3, &server.key, "/v1/logs", &coding, vec![]),
    ] {
        let reply = post(server.address, key, path, headers, body).await;
        assert_eq!(reply.status, expected, "{reply:?}");
        out.push((expected, code, reply));
    }
    let reply = send(
        server.address,
        Version::HTTP_11,
        request(Method::GET, "/v1/logs", plain, ""),
    )
    .await;
    out.push((405, 12, reply));
    server.workspace().limit_size_for_test(Some(0)).unwrap();
    let many = payload(Signal::Logs, media_type, 140, 0).of(media_type);
    let reply = post(server.address, &server.key, "/v1/logs", plain, many).await;
    server.workspace().limit_size_for_test(None).unwrap();
    out.push((503, 14, reply));
    out
}

#[tokio::test(flavor = "multi_thread")]
async fn h24_a_failed_request_gets_a_fitting_status() {
    let server = Server::with(small()).await;
    for (expected, _, reply) in failures(&server, JSON).await {
        assert_eq!(reply.status, expected);
    }
    let server = Server::with(Limits {
        body_timeout: std::time::Duration::ZERO,
        ..Limits::default()
    })
    .await;
    let mut stream = begin(server.address, &server.key, 100, b"{").await;
    assert!(head_of(&mut stream).await.starts_with("HTTP/1.1 408"));
}

#[tokio::test(flavor = "multi_thread")]
async fn h25_every_failure_has_a_status_message_in_the_encoding_of_the_request() {
    let server = Server::with(small()).await;
    for media_type in [JSON, PROTOBUF] {
        for (http, code, reply) in failures(&server, media_type).await {
            let (found, message) = status(&reply, media_type);
            assert_eq!(found, code, "{http}");
            assert!(message.len() > 20, "{http}: {message}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn h26_the_status_says_whether_a_retry_makes_sense() {
    let server = Server::with(small()).await;
    for (http, _, reply) in failures(&server, JSON).await {
        let is_retryable = matches!(reply.status.as_u16(), 429 | 502 | 503 | 504);
        assert_eq!(is_retryable, http == 503, "{http}");
        assert_eq!(
            reply.header("retry-after"),
            if is_retryable { "1" } else { "" }
        );
    }
    let reply = export(&server, JSON, payload(Signal::Logs, "s", 100, 0).json).await;
    assert_eq!(reply.status, 200, "room again: it recovers");
}

#[tokio::test(flavor = "multi_thread")]
async fn h27_data_that_cannot_be_decoded_is_400() {
    let server = Server::start().await;
    let good = payload(Signal::Logs, "s", 3, 0);
    let cut_json = good.json[..good.json.len() - 9].to_vec();
    let cut_protobuf = good.protobuf[..good.protobuf.len() - 9].to_vec();
    let mut bad_utf8 = good.protobuf.clone();
    let at = bad_utf8
        .windows(11)
        .position(|window| window == b"claude_code")
        .unwrap();
    bad_utf8[at] = 0xff;
    for (media_type, body) in [
        (JSON, cut_json),
        (JSON, b"nonsense".to_vec()),
        (JSON, b"[]".to_vec()),
        (JSON, b"{\"resourceLogs\": 5}".to_vec()),
        (JSON, b"{\"x\": \"\xff\"}".to_vec()),
        (JSON, vec![]),
        (PROTOBUF, cut_protobuf),
        (PROTOBUF, b"nonsense".to_vec()),
        (PROTOBUF, bad_utf8),
        (PROTOBUF, good.json.clone()),
    ] {
        assert_eq!(
            export(&server, media_type, body.clone()).await.status,
            400,
            "{media_type} {body:?}"
        );
    }
    for (coding, body) in [
        ("gzip", gzip(&good.json)),
        ("zstd", coded("zstd", &good.json)),
    ] {
        let headers = [("content-type", JSON), ("content-encoding", coding)];
        let cut = body[..body.len() - 6].to_vec();
        assert_eq!(
            post(server.address, &server.key, "/v1/logs", &headers, cut)
                .await
                .status,
            400,
            "{coding}"
        );
    }
    assert_eq!(server.stored(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn h28_a_400_has_details() {
    let server = Server::start().await;
    let reply = export(&server, JSON, "nonsense").await.json();
    assert_eq!(
        reply["details"][0]["@type"],
        "type.googleapis.com/google.rpc.BadRequest"
    );
    assert_eq!(reply["details"][0]["fieldViolations"][0]["field"], "body");
    let reply = export(&server, PROTOBUF, &b"\xff"[..]).await;
    let detail = Status::decode(reply.body).unwrap().details.remove(0);
    assert_eq!(detail.type_url, "type.googleapis.com/google.rpc.BadRequest");
    let bad = BadRequest::decode(&*detail.value).unwrap();
    assert!(!bad.field_violations[0].description.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn h29_a_saturated_key_is_throttled_and_other_keys_are_unhurt() {
    let server = Server::with(Limits {
        key_in_flight_bytes_max: 30_000,
        ..Limits::default()
    })
    .await;
    let other = server.another_key();
    let held = begin(server.address, &server.key, 29_000, &[b' '; 25_000]).await;
    server
        .wait_for_metric("argus_in_flight_bytes", |bytes| bytes == 25_000)
        .await;
    let mut body = payload(Signal::Logs, "s", 1, 0).json;
    body.resize(10_000, b' ');
    let reply = export(&server, JSON, body.clone()).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("retry-after")),
        (429, "1")
    );
    let reply = post(
        server.address,
        &other,
        "/v1/logs",
        &[("content-type", JSON)],
        body.clone(),
    )
    .await;
    assert_eq!(reply.status, 200);
    drop(held);
    server
        .wait_for_metric("argus_in_flight_bytes", |bytes| bytes == 0)
        .await;
    assert_eq!(export(&server, JSON, body).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn h30_everything_else_follows_http() {
    let server = Server::start().await;
    let reply = send(
        server.address,
        Version::HTTP_11,
        request(Method::POST, "/v1/logs", &[("content-type", JSON)], "{}"),
    )
    .await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("www-authenticate")),
        (401, "Bearer realm=\"argus\"")
    );
    for media_type in [
        "text/plain",
        "application/jsonx",
        "application/protobuf",
        "",
    ] {
        let reply = export(&server, media_type, "{}").await;
        assert_eq!(reply.status, 415, "{media_type}");
    }
    let headers = [("content-type", JSON), ("content-encoding", "br")];
    let reply = post(server.address, &server.key, "/v1/logs", &headers, "{}").await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("accept-encoding")),
        (415, "gzip, zstd")
    );
    let reply = get(server.address, "/api/nothing").await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("content-type")),
        (404, "application/problem+json")
    );
    assert_eq!(reply.json()["code"], "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn h31_both_encodings_share_a_port_and_a_connection() {
    let server = Server::start().await;
    let stream = TokioIo::new(TcpStream::connect(server.address).await.unwrap());
    let (mut sender, connection) = hyper::client::conn::http1::handshake(stream).await.unwrap();
    let driver = tokio::spawn(connection);
    let authorization = format!("Bearer {}", server.key);
    for media_type in [JSON, PROTOBUF, JSON, PROTOBUF] {
        let headers = [
            ("content-type", media_type),
            ("authorization", &authorization),
            ("host", "x"),
        ];
        let body = payload(Signal::Logs, "s", 1, 0).of(media_type);
        sender.ready().await.unwrap();
        let reply = read(
            sender
                .send_request(request(Method::POST, "/v1/logs", &headers, body))
                .await
                .unwrap(),
        )
        .await;
        assert_eq!(
            (reply.status.as_u16(), reply.header("content-type")),
            (200, media_type)
        );
    }
    driver.abort();
    assert_eq!(server.stored(), 1);
}

#[test]
fn h32_the_default_port_is_4318_on_this_machine() {
    assert_eq!(DEFAULT_LISTEN, "127.0.0.1:4318".parse().unwrap());
}

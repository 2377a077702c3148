//! What is bounded: all requests together, the queue, the time, the address.

use std::sync::Arc;

use argus_server::ingest::otlp::Signal;
use argus_server::{Limits, ServeError, ServerConfig, serve};

use crate::support::http::{begin, head_of, post};
use crate::support::payload::{JSON, gzip, payload};
use crate::support::{Server, clock, random};

fn body(length: usize) -> Vec<u8> {
    let mut body = payload(Signal::Logs, "s", 1, 0).json;
    body.resize(length, b' ');
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn all_requests_in_flight_share_one_budget() {
    let limits = Limits {
        in_flight_bytes_max: 50_010,
        key_in_flight_bytes_max: 30_000,
        ..Limits::default()
    };
    let server = Server::with(limits).await;
    let (second, third) = (server.another_key(), server.another_key());
    let headers = [("content-type", JSON)];
    let held = [
        begin(server.address, &server.key, 25_005, &[b' '; 25_000]).await,
        begin(server.address, &second, 25_005, &[b' '; 25_000]).await,
    ];
    server
        .wait_for_metric("argus_in_flight_bytes", |bytes| bytes == 50_000)
        .await;
    let reply = post(server.address, &third, "/v1/logs", &headers, body(1_000)).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("retry-after")),
        (503, "1")
    );
    assert_eq!(reply.json()["code"], 14);
    drop(held);
    server
        .wait_for_metric("argus_in_flight_bytes", |bytes| bytes == 0)
        .await;
    assert_eq!(
        post(server.address, &third, "/v1/logs", &headers, body(1_000))
            .await
            .status,
        200
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_body_inflates_to_is_charged_too() {
    let limits = Limits {
        in_flight_bytes_max: 50_000,
        key_in_flight_bytes_max: 50_000,
        ..Limits::default()
    };
    let server = Server::with(limits).await;
    let headers = [("content-type", JSON), ("content-encoding", "gzip")];
    let reply = post(
        server.address,
        &server.key,
        "/v1/logs",
        &headers,
        gzip(&body(60_000)),
    )
    .await;
    assert_eq!(reply.status, 503);
    let reply = post(
        server.address,
        &server.key,
        "/v1/logs",
        &headers,
        gzip(&body(40_000)),
    )
    .await;
    assert_eq!(reply.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_is_said_before_the_body_is_read() {
    let server = Server::with(Limits {
        queue_bytes_max: 0,
        ..Limits::default()
    })
    .await;
    let mut stream = begin(server.address, &server.key, 1_000_000, b"").await;
    let head = head_of(&mut stream).await;
    assert!(
        head.starts_with("HTTP/1.1 503") && head.contains("retry-after: 1"),
        "{head}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_more_than_the_limit_waits_for_another_to_end() {
    let server = Server::with(Limits {
        connections_max: 1,
        ..Limits::default()
    })
    .await;
    let held = begin(server.address, &server.key, 10, b"").await;
    let waiting = tokio::spawn({
        let (address, key) = (server.address, server.key.clone());
        async move {
            post(address, &key, "/v1/logs", &[("content-type", JSON)], "{}")
                .await
                .status
        }
    });
    assert!(!waiting.is_finished());
    drop(held);
    assert_eq!(waiting.await.unwrap(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_others_reach_is_refused() {
    let server = Server::start().await;
    for address in ["0.0.0.0:0", "192.168.1.7:4318", "[::]:0"] {
        let config = ServerConfig {
            listen: address.parse().unwrap(),
            ..ServerConfig::default()
        };
        let error = serve(
            server.store.clone(),
            config,
            clock(),
            random(),
            |_| {},
            async {},
        )
        .await
        .unwrap_err();
        assert!(
            matches!(error, ServeError::NotLoopback(_)) && error.to_string().contains("loopback"),
            "{error}"
        );
    }
    let config = ServerConfig {
        listen: server.address,
        ..ServerConfig::default()
    };
    let error = serve(
        Arc::clone(&server.store),
        config,
        clock(),
        random(),
        |_| {},
        async {},
    )
    .await
    .unwrap_err();
    assert!(matches!(error, ServeError::Taken { .. }), "{error}");
}

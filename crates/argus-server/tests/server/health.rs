//! Health, readiness, the server's own metrics.

use argus_server::Limits;
use argus_server::ingest::otlp::Signal;
use hyper::{Method, Version};

use crate::support::Server;
use crate::support::http::{get, post, request, send};
use crate::support::payload::{JSON, payload};

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_alive_and_ready() {
    let server = Server::start().await;
    assert_eq!(get(server.address, "/healthz").await.json()["status"], "ok");
    assert_eq!(
        get(server.address, "/readyz").await.json()["status"],
        "ready"
    );
    let reply = send(
        server.address,
        Version::HTTP_11,
        request(Method::POST, "/healthz", &[], ""),
    )
    .await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("allow")),
        (405, "GET, HEAD")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_whose_queue_is_full_is_alive_and_not_ready() {
    let server = Server::with(Limits {
        queue_bytes_max: 0,
        ..Limits::default()
    })
    .await;
    assert_eq!(get(server.address, "/healthz").await.status, 200);
    assert_eq!(get(server.address, "/readyz").await.status, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metrics_say_what_was_done() {
    let server = Server::start().await;
    let headers = [("content-type", JSON)];
    for _ in 0..2 {
        post(
            server.address,
            &server.key,
            "/v1/logs",
            &headers,
            payload(Signal::Logs, "s", 2, 1).json,
        )
        .await;
    }
    post(
        server.address,
        &server.key,
        "/v1/logs",
        &headers,
        "nonsense",
    )
    .await;
    post(server.address, "", "/v1/traces", &headers, "{}").await;
    // The writer lets go of a batch just after it has acknowledged it.
    server
        .wait_for_metric("argus_queue_bytes{workspace=\"default\"}", |bytes| {
            bytes == 0
        })
        .await;
    let reply = get(server.address, "/metrics").await;
    assert_eq!(
        reply.header("content-type"),
        "text/plain; version=0.0.4; charset=utf-8"
    );
    let text = reply.text();
    for line in [
        "argus_requests_total{door=\"otlp_http\",signal=\"logs\",result=\"ok\"} 2",
        "argus_requests_total{door=\"otlp_http\",signal=\"logs\",result=\"invalid_request\"} 1",
        "argus_refusals_total{code=\"unauthenticated\"} 1",
        "argus_items_total{signal=\"logs\",outcome=\"accepted\"} 2",
        "argus_items_total{signal=\"logs\",outcome=\"known\"} 2",
        "argus_items_total{signal=\"logs\",outcome=\"rejected\"} 2",
        "argus_ack_seconds_count 2",
        "argus_in_flight_bytes 0",
    ] {
        assert!(
            text.lines().any(|found| found == line),
            "{line} is not in\n{text}"
        );
    }
}

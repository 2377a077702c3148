//! Keys: asked first, at once in force and at once revoked.

use argus_server::ingest::otlp::Signal;
use argus_store::Actor;
use axum::body::Body;
use hyper::{Method, Version};

use crate::support::Server;
use crate::support::http::{begin, head_of, post, request, send};
use crate::support::payload::{JSON, payload};

#[tokio::test(flavor = "multi_thread")]
async fn without_a_key_nothing_is_read() {
    let server = Server::start().await;
    let mut stream = begin(server.address, "argus_ik_nothing", 1_000_000, b"").await;
    assert!(head_of(&mut stream).await.starts_with("HTTP/1.1 401"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_may_only_read_may_not_deliver() {
    let server = Server::start().await;
    let key = server.reading_key();
    for path in ["/v1/logs", "/v1/envelopes"] {
        assert_eq!(
            post(server.address, &key, path, &[("content-type", JSON)], "{}")
                .await
                .status,
            403
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_key_is_out_of_force_at_once() {
    let server = Server::start().await;
    let new = server
        .store
        .create_key(
            "default",
            argus_store::KeyScope::Ingest,
            &["beta".to_owned()],
            None,
            &Actor::system(),
        )
        .unwrap();
    let headers = [("content-type", JSON)];
    assert_eq!(
        post(server.address, &new.token, "/v1/logs", &headers, "{}")
            .await
            .status,
        200
    );
    assert!(
        server
            .store
            .revoke_key("default", &new.id, &Actor::system())
            .unwrap()
    );
    assert_eq!(
        post(server.address, &new.token, "/v1/logs", &headers, "{}")
            .await
            .status,
        401
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_scheme_is_bearer_in_any_case_and_nothing_else() {
    let server = Server::start().await;
    for (scheme, expected) in [("Bearer", 200), ("bearer", 200), ("Basic", 401), ("", 401)] {
        let authorization = format!("{scheme} {}", server.key);
        let headers = [
            ("content-type", JSON),
            ("authorization", authorization.trim()),
        ];
        let reply = send(
            server.address,
            Version::HTTP_11,
            request(Method::POST, "/v1/logs", &headers, "{}"),
        )
        .await;
        assert_eq!(reply.status, expected, "{scheme}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_answer_or_metric_holds_a_key_or_what_was_sent() {
    let server = Server::start().await;
    let canary = "canary-9f27";
    let mut texts = Vec::new();
    for body in [
        payload(Signal::Logs, canary, 1, 1).json,
        format!("{{\"{canary}\": ").into_bytes(),
        canary.into(),
    ] {
        let reply = post(
            server.address,
            &server.key,
            "/v1/logs",
            &[("content-type", JSON)],
            body.clone(),
        )
        .await;
        texts.push(format!("{reply:?}"));
        let reply = post(
            server.address,
            &server.key,
            "/v1/envelopes",
            &[("content-type", JSON)],
            body,
        )
        .await;
        texts.push(format!("{reply:?}"));
    }
    let reply = send(
        server.address,
        Version::HTTP_11,
        request(Method::GET, "/metrics", &[], Body::empty()),
    )
    .await;
    texts.push(reply.text());
    for text in texts {
        assert!(
            !text.contains(canary) && !text.contains(&server.key),
            "{text}"
        );
    }
}

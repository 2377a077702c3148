//! `POST /v1/inference-hook/{workspace}`, called as Standard Webhooks and Anthropic's page describe it.

use std::time::Duration;

use argus_server::Limits;
use argus_session::document::Grade;
use argus_session::{Clock as _, Source};
use argus_store::Actor;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use hyper::{Method, Version};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::http::{Reply, begin_head, get, head_of, request, send};
use crate::support::{PATIENCE, Server};

const PATH: &str = "/v1/inference-hook/default";

fn signature(secret: &str, id: &str, sent_s: i64, body: &str) -> String {
    let key = STANDARD
        .decode(secret.strip_prefix("whsec_").unwrap())
        .unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{id}.{sent_s}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn now_s(server: &Server) -> i64 {
    server.clock.now_us() / 1_000_000
}

async fn post(server: &Server, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let all = [&[("content-type", "application/json")], headers].concat();
    let request = request(Method::POST, path, &all, body.to_owned());
    send(server.address, Version::HTTP_11, request).await
}

async fn call(server: &Server, secret: &str, id: &str, body: &str) -> Reply {
    let sent_s = now_s(server);
    let headers = [
        ("webhook-id", id),
        ("webhook-timestamp", &sent_s.to_string()),
        ("webhook-signature", &signature(secret, id, sent_s, body)),
    ];
    post(server, PATH, &headers, body).await
}

fn new_secret(server: &Server) -> String {
    let workspace = server.workspace();
    let new = workspace.create_hook_secret("alpha", None, &Actor::system());
    new.unwrap().secret
}

fn conversation(request: &str, messages: &[Value]) -> String {
    json!({
        "type": "prompt", "request_id": request, "tenant_id": "t", "session_id": "s1", "model": "claude-opus-5-5",
        "actor": {"type": "user", "id": "u", "email_address": "sample@example.com"},
        "source": {"application": "claude-code"}, "messages": messages, "metadata": {},
    })
    .to_string()
}

fn said(role: &str, text: &str) -> Value {
    json!({"role": role, "content": [{"type": "text", "text": text}]})
}

fn records(server: &Server) -> u64 {
    let status = server.workspace().status().unwrap();
    status
        .records
        .get(Source::InferenceHook.as_str())
        .copied()
        .unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_are_let_go_on_and_become_a_session_in_which_nothing_is_twice() {
    let server = Server::start().await;
    let secret = new_secret(&server);
    let mut messages = vec![said("user", "Which files are there?")];
    let reply = call(&server, &secret, "w1", &conversation("r1", &messages)).await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json(), json!({"action": "allow"}));
    messages.push(said("assistant", "Two."));
    messages.push(said("user", "Thanks."));
    call(&server, &secret, "w2", &conversation("r2", &messages)).await;
    // Sent again, as after an answer that got lost.
    call(&server, &secret, "w2", &conversation("r2", &messages)).await;
    assert_eq!(records(&server), 2 + 3);

    let workspace = server.workspace();
    assert!(workspace.wait_projected(PATIENCE));
    let document = workspace.document("s1", 1_000).unwrap().unwrap();
    let prompts: Vec<_> = document
        .turns
        .iter()
        .map(|turn| turn.prompt.text.clone().unwrap().text.unwrap())
        .collect();
    assert_eq!(prompts, ["Which files are there?", "Thanks."]);
    assert_eq!(document.session.projects, ["alpha"]);
    assert_eq!(document.session.client.surface.as_str(), "claude_code");
    assert_eq!(
        document.session.user.email.as_deref(),
        Some("sample@example.com")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_restart_forgot_is_known_to_the_store() {
    let server = Server::start().await;
    let secret = new_secret(&server);
    let body = conversation("r1", &[said("user", "hello")]);
    call(&server, &secret, "w1", &body).await;
    // Another workspace-wide memory: the same items again, by a server that remembers nothing.
    let line_key = server.workspace().line_key();
    let at_us = now_s(&server) * 1_000_000;
    let value = serde_json::from_str(&body).unwrap();
    let items =
        argus_session::source::inference_hook::items(value, "w1", at_us, &line_key).unwrap();
    let delivery = argus_store::Delivery {
        projects: vec!["alpha".to_owned()],
        ..argus_store::Delivery::default()
    };
    let workspace = server.workspace();
    let batch = items
        .into_iter()
        .map(|item| workspace.prepare(item, &delivery).unwrap())
        .collect();
    assert_eq!(workspace.append(batch).unwrap().new_records(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_signed_by_a_secret_in_force_is_refused_and_stores_nothing() {
    let server = Server::start().await;
    let secret = new_secret(&server);
    let body = conversation("r1", &[said("user", "hello")]);
    let now = now_s(&server);
    let good = signature(&secret, "w", now, &body);
    let (time, early, late) = (
        now.to_string(),
        (now - 400).to_string(),
        (now + 400).to_string(),
    );
    let by_early = signature(&secret, "w", now - 400, &body);
    let by_late = signature(&secret, "w", now + 400, &body);
    let foreign = signature("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "w", now, &body);
    for (headers, what) in [
        (vec![], "no headers"),
        (
            vec![("webhook-id", "w"), ("webhook-timestamp", time.as_str())],
            "no signature",
        ),
        (
            vec![
                ("webhook-id", "w"),
                ("webhook-timestamp", early.as_str()),
                ("webhook-signature", by_early.as_str()),
            ],
            "long ago",
        ),
        (
            vec![
                ("webhook-id", "w"),
                ("webhook-timestamp", late.as_str()),
                ("webhook-signature", by_late.as_str()),
            ],
            "not yet",
        ),
        (
            vec![
                ("webhook-id", "v"),
                ("webhook-timestamp", time.as_str()),
                ("webhook-signature", good.as_str()),
            ],
            "another id",
        ),
        (
            vec![
                ("webhook-id", "w"),
                ("webhook-timestamp", time.as_str()),
                ("webhook-signature", foreign.as_str()),
            ],
            "another secret",
        ),
    ] {
        let reply = post(&server, PATH, &headers, &body).await;
        assert_eq!(reply.status, 401, "{what}");
        assert_eq!(reply.json()["code"], "unauthenticated", "{what}");
    }
    let headers = [
        ("webhook-id", "w"),
        ("webhook-timestamp", time.as_str()),
        ("webhook-signature", good.as_str()),
    ];
    let changed = body.replace("hello", "hellO");
    assert_eq!(post(&server, PATH, &headers, &changed).await.status, 401);
    let elsewhere = post(&server, "/v1/inference-hook/other", &headers, &body).await;
    assert_eq!(elsewhere.status, 401);
    assert_eq!(get(server.address, PATH).await.status, 405);
    assert_eq!(records(&server), 0);

    let several = format!("v1,AAAA {foreign} {good}");
    let rotated = [
        headers[0],
        headers[1],
        ("webhook-signature", several.as_str()),
    ];
    assert_eq!(post(&server, PATH, &rotated, &body).await.status, 200);
    let workspace = server.workspace();
    let id = workspace.hook_secret_list().unwrap()[0].id.clone();
    assert!(workspace.revoke_hook_secret(&id, &Actor::system()).unwrap());
    assert!(!workspace.revoke_hook_secret(&id, &Actor::system()).unwrap());
    assert_eq!(post(&server, PATH, &headers, &body).await.status, 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_beyond_the_limit_is_refused() {
    let server = Server::with(Limits {
        hook_bytes_max: 1_000,
        ..Limits::default()
    })
    .await;
    let secret = new_secret(&server);
    let body = conversation("r1", &[said("user", &"x".repeat(2_000))]);
    assert_eq!(call(&server, &secret, "w", &body).await.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_is_not_stored_in_time_is_let_go_on_and_stored_after() {
    let server = Server::with(Limits {
        hook_answer_within: Duration::ZERO,
        ..Limits::default()
    })
    .await;
    let secret = new_secret(&server);
    let text = "a long story ".repeat(20_000);
    let reply = call(
        &server,
        &secret,
        "w1",
        &conversation("r1", &[said("user", &text)]),
    )
    .await;
    assert_eq!(reply.json(), json!({"action": "allow"}));
    let accepted = "argus_items_total{signal=\"inference_hook\",outcome=\"accepted\"}";
    server.wait_for_metric(accepted, |count| count == 2).await;
    let late = "argus_items_total{signal=\"inference_hook\",outcome=\"late\"}";
    server.wait_for_metric(late, |count| count == 1).await;
    assert_eq!(records(&server), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_the_store_does_not_take_is_let_go_on_counted_and_said_later() {
    let server = Server::start().await;
    let secret = new_secret(&server);
    let workspace = server.workspace();
    workspace.limit_size_for_test(Some(0)).unwrap();
    let text: Vec<String> = (0..30_000_u32).map(|n| n.to_string()).collect();
    let text = text.join(" and ");
    let reply = call(
        &server,
        &secret,
        "w1",
        &conversation("r1", &[said("user", &text)]),
    )
    .await;
    assert_eq!(
        (reply.status.as_u16(), reply.json()),
        (200, json!({"action": "allow"}))
    );
    let lost = "argus_items_total{signal=\"inference_hook\",outcome=\"lost\"}";
    server.wait_for_metric(lost, |count| count == 1).await;
    assert_eq!(records(&server), 0);
    workspace.limit_size_for_test(None).unwrap();
    // Signed, and no JSON: let go on, and lost.
    let reply = call(&server, &secret, "w2", "no json").await;
    assert_eq!(reply.json(), json!({"action": "allow"}));
    server.wait_for_metric(lost, |count| count == 2).await;
    call(
        &server,
        &secret,
        "w3",
        &conversation("r2", &[said("user", "again")]),
    )
    .await;
    assert!(workspace.wait_projected(PATIENCE));
    let status = workspace.status().unwrap();
    assert_eq!(status.records.get(Source::Capture.as_str()), Some(&2));
    let session = workspace.session("s1").unwrap().unwrap();
    assert_eq!(session.coverage.grade, Grade::Partial);
    let lost = session.coverage.details.unwrap().lost;
    assert_eq!((lost[0].reason.as_str(), lost[0].count), ("refused", 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_session_that_was_erased_is_taken_again() {
    let server = Server::start().await;
    let secret = new_secret(&server);
    let mut messages = vec![said("user", "hello")];
    call(&server, &secret, "w1", &conversation("r1", &messages)).await;
    let workspace = server.workspace();
    workspace.erase_session("s1", &Actor::system()).unwrap();
    messages.push(said("assistant", "Hello."));
    let reply = call(&server, &secret, "w2", &conversation("r2", &messages)).await;
    assert_eq!(reply.json(), json!({"action": "allow"}));
    let suppressed = "argus_items_total{signal=\"inference_hook\",outcome=\"suppressed\"}";
    server.wait_for_metric(suppressed, |count| count == 2).await;
    assert!(workspace.wait_projected(PATIENCE));
    assert!(workspace.session("s1").unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_sign_learns_nothing_and_holds_up_nobody() {
    let server = Server::with(Limits {
        hooks_max: 1,
        hook_body_timeout: Duration::from_secs(2),
        ..Limits::default()
    })
    .await;
    let secret = new_secret(&server);
    let now = now_s(&server);
    let headers = |path: &str| {
        format!(
            "POST {path} HTTP/1.1\r\nhost: argus\r\ncontent-type: application/json\r\ncontent-length: 100\r\nwebhook-id: w\r\n\
             webhook-timestamp: {now}\r\nwebhook-signature: v1,AAAA\r\n\r\n{{"
        )
    };
    // Of a workspace that is there, and of one that is not, the body is waited for alike.
    let paths = [PATH, "/v1/inference-hook/nowhere"];
    let mut slow = Vec::new();
    for path in paths {
        slow.push(begin_head(server.address, &headers(path)).await);
    }
    // Meanwhile, calls are let go on, and stored.
    let body = conversation("r1", &[said("user", "hello")]);
    let reply = call(&server, &secret, "w1", &body).await;
    assert_eq!(reply.json(), json!({"action": "allow"}));
    let accepted = "argus_items_total{signal=\"inference_hook\",outcome=\"accepted\"}";
    server.wait_for_metric(accepted, |count| count == 2).await;
    let metrics = get(server.address, "/metrics").await.text();
    let answered: Vec<&str> = metrics
        .lines()
        .filter(|line| {
            line.starts_with("argus_requests_total{") && line.contains("\"inference_hook\"")
        })
        .collect();
    assert_eq!(answered.len(), 1, "the unsigned ones wait: {answered:?}");
    for stream in &mut slow {
        let head = head_of(stream).await;
        assert!(head.starts_with("HTTP/1.1 408"), "{head}");
    }
    let mut told = Vec::new();
    for path in paths {
        let headers = [
            ("webhook-id", "w"),
            ("webhook-timestamp", &now.to_string()),
            ("webhook-signature", "v1,AAAA"),
        ];
        let reply = post(&server, path, &headers, &body).await;
        assert_eq!(reply.status, 401);
        told.push(reply.json()["detail"].clone());
        // One that is too large is refused as such, wherever it goes.
        let large = "x".repeat(Limits::default().hook_bytes_max + 1);
        assert_eq!(post(&server, path, &headers, &large).await.status, 413);
    }
    assert_eq!(told[0], told[1]);
}
